"""Scripts that once failed, by what was wrong."""

from tests.simulation.script import Script, Step, Verb

REGRESSIONS: dict[str, Script] = {
    "a commit that failed left its transaction open": Script(
        2,
        (
            Step(Verb.WRITE, 1, 0, "TOPIC"),
            Step(Verb.SYNC, 1),
            Step(Verb.TROUBLE, 0, 0, "COMMIT_ERROR"),
            Step(Verb.SYNC, 0),
            Step(Verb.WRITE, 0, 0, "TOPIC"),
            Step(Verb.PASS, 0, 4000),
        ),
    ),
    "a server put back from a backup never agreed again": Script(
        2,
        (
            Step(Verb.WRITE, 0, 0, "TOPIC"),
            Step(Verb.SYNC, 0),
            Step(Verb.PASS, 0, 10),
            Step(Verb.SERVER_BACKUP),
            Step(Verb.WRITE, 0, 0, "TOPIC"),
            Step(Verb.WRITE, 1, 0, "REPLY"),
            Step(Verb.SYNC, 0),
            Step(Verb.SYNC, 1),
            Step(Verb.PASS, 0, 100),
            Step(Verb.SERVER_RESTORE),
            Step(Verb.PASS, 0, 1000),
            Step(Verb.WRITE, 1, 1, "REPLY"),
            Step(Verb.PASS, 0, 1000),
        ),
    ),
    "who enrolled after the backup was not known any more": Script(
        2,
        (
            Step(Verb.WRITE, 0, 0, "TOPIC"),
            Step(Verb.SYNC, 0),
            Step(Verb.SERVER_BACKUP),
            Step(Verb.ENROL, 6),
            Step(Verb.SYNC, 6),
            Step(Verb.WRITE, 6, 0, "TOPIC"),
            Step(Verb.SYNC, 6),
            Step(Verb.WRITE, 6, 1, "TOPIC"),
            Step(Verb.SERVER_RESTORE),
            Step(Verb.WRITE, 0, 1, "REPLY"),
            Step(Verb.PASS, 0, 1000),
        ),
    ),
}
