"""Invitations and enrolment: one code, one computer, and no guessing."""

import itertools
import secrets
from pathlib import Path

import pytest

from sync.catalogue import CATALOGUE
from sync.catalogue.people import REPLICA_KEY
from sync.core import enrolment, exchange
from sync.core.enrolment import EnrolRequest, code_name, encode_enrol_request, read_code
from sync.core.errors import Malformed
from sync.core.frames import Direction, closed
from sync.core.group import decode_group
from sync.core.signing import Certificate, check_certificate
from sync.server.checking import check
from sync.server.clock import Clock
from sync.server.errors import Ambiguous, NeedsOperator, NotFound, Problem, Rejected
from sync.server.guessing import FOR_ALL, FOR_ONE
from sync.server.invites import Guest
from sync.server.rebuilding import log_of
from sync.server.site import Site, open_site
from tests.server.conftest import COMMUNITY, Town
from tests.support.replica_model import ModelReplica, direct, enrol_direct
from tests.support.server_records import change

NOON_MS = 1_800_000_000_000
DAY_MS = 24 * 60 * 60 * 1000


class Hands:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now_ms = NOON_MS

    def clock(self) -> Clock:
        return Clock(lambda: self.now_ms, secrets.token_bytes)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def timed(tmp_path: Path, hands: Hands):  # type: ignore[no-untyped-def]
    """A site whose clock is in the test's hands, with one community."""
    with open_site(tmp_path / "server", clock=hands.clock()) as site:
        site.accounts.create_community(COMMUNITY)
        yield site


def invite(site: Site, name: str = "Ann", days: int = 14) -> str:
    return site.invites.invite(Guest(name, (COMMUNITY,)), days).code


def problem_of(site: Site, frame: bytes, address: str = "192.0.2.1") -> Problem | None:
    try:
        site.enrolling.enrol(frame, address)
    except Rejected as rejected:
        return rejected.problem
    return None


def rejection_of(site: Site, frame: bytes) -> Rejected:
    with pytest.raises(Rejected) as caught:
        site.enrolling.enrol(frame, "192.0.2.1")
    return caught.value


def test_an_enrolled_replica_knows_its_member_and_holds_a_certificate(town: Town) -> None:
    ann = town.join("Ann")
    reply = ann.joined
    assert reply.member_name == "Ann"
    certificate = Certificate(ann.id, reply.member, ann.key.public, reply.certificate_ms)
    check_certificate(reply.server_key, certificate, reply.certificate)
    assert reply.server == town.site.identity.server
    assert ann.sync_all(direct(town.site)) == 1


def test_enrolling_tells_everybody_of_the_replicas_key(town: Town) -> None:
    ann = town.join("Ann")
    directory = ann.joined.directory
    with town.site.database.read() as connection:
        ops = [
            op
            for row in log_of(connection, directory)
            for op in decode_group(row.raw).known_ops()
            if op.kind == REPLICA_KEY.number
        ]
    assert [op.record for op in ops] == [REPLICA_KEY.id_for(directory, ann.id)]
    assert check(town.site).findings == []


def test_asking_again_after_a_lost_answer_gives_the_same_answer(town: Town) -> None:
    code = invite(town.site)
    ann = ModelReplica()
    first = ann.enrol(code, enrol_direct(town.site))
    assert ann.enrol(code, enrol_direct(town.site)) == first
    assert len(town.site.accounts.computers()) == 1


def test_a_lost_answer_can_be_asked_for_even_after_the_code_expired(
    timed: Site, hands: Hands
) -> None:
    code = invite(timed)
    ann = ModelReplica()
    first = ann.enrol(code, enrol_direct(timed))
    hands.now_ms += 30 * DAY_MS
    assert ann.enrol(code, enrol_direct(timed)) == first


def test_a_code_is_good_for_one_computer(town: Town) -> None:
    code = invite(town.site)
    ModelReplica().enrol(code, enrol_direct(town.site))
    assert problem_of(town.site, ModelReplica().enrol_frame(code)) is Problem.INVITE_USED


def test_a_code_is_good_until_it_expires(timed: Site, hands: Hands) -> None:
    code = invite(timed, days=2)
    hands.now_ms += 2 * DAY_MS - 1
    other = invite(timed, days=2)
    ModelReplica().enrol(code, enrol_direct(timed))
    hands.now_ms += 2 * DAY_MS
    assert problem_of(timed, ModelReplica().enrol_frame(other)) is Problem.INVITE_EXPIRED


def test_codes_last_fourteen_days_unless_asked_otherwise(timed: Site) -> None:
    made = timed.invites.invite(Guest("Ann", (COMMUNITY,)))
    assert made.expires_ms == NOON_MS + 14 * DAY_MS


def test_a_code_may_be_typed_as_people_type(town: Town) -> None:
    typed = invite(town.site).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    ModelReplica().enrol(read_code(typed), enrol_direct(town.site))


def test_a_mistyped_code_is_noticed_before_it_is_sent(town: Town) -> None:
    code = invite(town.site)
    wrong = ("A" if code[0] != "A" else "B") + code[1:]
    with pytest.raises(Malformed):
        read_code(wrong)


def test_an_unknown_code_is_unknown(town: Town) -> None:
    code = enrolment.new_code(secrets.token_bytes)
    assert problem_of(town.site, ModelReplica().enrol_frame(code)) is Problem.UNKNOWN_CODE


def test_the_name_of_a_code_alone_opens_nothing(town: Town) -> None:
    code, other = invite(town.site), enrolment.new_code(secrets.token_bytes)
    eve = ModelReplica()
    request = EnrolRequest(exchange.PROTOCOL, code_name(code), eve.id, eve.key.public, "")
    frame = encode_enrol_request(request, other)
    assert problem_of(town.site, frame) is Problem.UNKNOWN_CODE
    assert town.site.accounts.computers() == []


def test_a_replica_id_that_is_taken_cannot_be_taken_over(town: Town) -> None:
    ann = town.join("Ann")
    eve = ModelReplica()
    eve.id = ann.id
    assert problem_of(town.site, eve.enrol_frame(invite(town.site, "Eve"))) is Problem.REPLICA_TAKEN
    same_key = ann.enrol_frame(invite(town.site, "Eve"))
    assert problem_of(town.site, same_key) is Problem.REPLICA_TAKEN


def test_nobody_enrols_as_the_servers_own_replica(town: Town) -> None:
    eve = ModelReplica()
    eve.id = town.site.identity.server
    assert problem_of(town.site, eve.enrol_frame(invite(town.site, "Eve"))) is Problem.REPLICA_TAKEN


def test_a_second_code_for_the_same_computer_changes_nothing(town: Town) -> None:
    ann = town.join("Ann")
    first = ann.joined
    assert ann.enrol(invite(town.site, "Ann"), enrol_direct(town.site)) == first


def test_a_revoked_computer_does_not_come_back_with_its_old_code(town: Town) -> None:
    code = invite(town.site)
    ann = ModelReplica()
    ann.enrol(code, enrol_direct(town.site))
    town.site.accounts.revoke(ann.id)
    assert problem_of(town.site, ann.enrol_frame(code)) is Problem.REVOKED
    with pytest.raises(Rejected) as caught:
        ann.sync(direct(town.site))
    assert caught.value.problem is Problem.REVOKED
    with pytest.raises(NotFound):
        town.site.accounts.revoke(ann.id)


@pytest.mark.parametrize(
    "changes",
    [
        {"replica": b"short"},
        {"public_key": bytes(31)},
        {"computer_name": "x" * 201},
    ],
)
def test_a_request_out_of_bounds_is_malformed(town: Town, changes: dict[str, object]) -> None:
    code = invite(town.site)
    eve = ModelReplica()
    fields = {
        "protocol": exchange.PROTOCOL,
        "code_name": code_name(code),
        "replica": eve.id,
        "public_key": eve.key.public,
        "computer_name": "",
    } | changes
    request = EnrolRequest(**fields)  # type: ignore[arg-type]
    frame = closed(eve.id, request, enrolment.code_key(code), Direction.ENROL_REQUEST)
    with pytest.raises(Malformed):
        town.site.enrolling.enrol(frame, "192.0.2.1")


def test_a_newer_protocol_is_told_apart(town: Town) -> None:
    code = invite(town.site)
    eve = ModelReplica()
    request = EnrolRequest(exchange.PROTOCOL + 1, code_name(code), eve.id, eve.key.public, "")
    assert problem_of(town.site, encode_enrol_request(request, code)) is Problem.OLDER_SERVER


def wrong_frames(count: int) -> list[bytes]:
    return [
        ModelReplica().enrol_frame(enrolment.new_code(secrets.token_bytes)) for _ in range(count)
    ]


def test_guessing_from_one_address_gets_slower_and_slower(timed: Site, hands: Hands) -> None:
    waits = []
    for frame in wrong_frames(FOR_ONE.free + 4):
        while (rejected := rejection_of(timed, frame)).problem is Problem.TOO_MANY_GUESSES:
            assert rejected.retry_after_s is not None
            waits.append(rejected.retry_after_s)
            hands.now_ms += rejected.retry_after_s * 1000
    assert waits == [2, 4, 8, 16]


def test_a_right_code_from_an_address_that_guessed_has_to_wait_too(
    timed: Site, hands: Hands
) -> None:
    for frame in wrong_frames(FOR_ONE.free):
        assert problem_of(timed, frame) is Problem.UNKNOWN_CODE
    frame = ModelReplica().enrol_frame(invite(timed))
    assert problem_of(timed, frame) is Problem.TOO_MANY_GUESSES
    assert problem_of(timed, frame, "192.0.2.2") is None, "another address is not to blame"
    hands.now_ms += FOR_ONE.first_s * 1000
    assert problem_of(timed, ModelReplica().enrol_frame(invite(timed, "Ben"))) is None


def test_who_mistypes_and_then_gets_it_right_starts_afresh(timed: Site) -> None:
    for _ in range(3):
        for frame in wrong_frames(FOR_ONE.free - 1):
            assert problem_of(timed, frame) is Problem.UNKNOWN_CODE
        assert problem_of(timed, ModelReplica().enrol_frame(invite(timed))) is None


def test_guessing_from_many_addresses_gets_slower_as_well(timed: Site, hands: Hands) -> None:
    frames = wrong_frames(FOR_ALL.free)
    for frame, number in zip(frames, itertools.count(), strict=False):
        assert problem_of(timed, frame, f"192.0.2.{number}") is Problem.UNKNOWN_CODE
    frame = ModelReplica().enrol_frame(invite(timed))
    assert problem_of(timed, frame, "198.51.100.1") is Problem.TOO_MANY_GUESSES
    hands.now_ms += FOR_ALL.most_s * 1000
    assert problem_of(timed, frame, "198.51.100.1") is None


def test_wrong_codes_are_forgotten_after_an_hour(timed: Site, hands: Hands) -> None:
    for frame in wrong_frames(FOR_ONE.free):
        problem_of(timed, frame)
    hands.now_ms += 3_600_001
    for frame in wrong_frames(FOR_ONE.free - 1):
        assert problem_of(timed, frame) is Problem.UNKNOWN_CODE


def test_a_clock_that_was_set_back_locks_nobody_out(timed: Site, hands: Hands) -> None:
    for frame in wrong_frames(FOR_ONE.free):
        problem_of(timed, frame)
    hands.now_ms -= 400 * DAY_MS
    assert problem_of(timed, ModelReplica().enrol_frame(invite(timed))) is None


def test_counting_wrong_codes_survives_a_restart(tmp_path: Path, hands: Hands) -> None:
    for frame in wrong_frames(FOR_ONE.free):
        with open_site(tmp_path / "server", clock=hands.clock()) as site:
            assert problem_of(site, frame) is Problem.UNKNOWN_CODE
    with open_site(tmp_path / "server", clock=hands.clock()) as site:
        assert problem_of(site, wrong_frames(1)[0]) is Problem.TOO_MANY_GUESSES


def test_inviting_the_same_name_gives_that_member_another_computer(town: Town) -> None:
    first = town.site.invites.invite(Guest("Ann Lee", (COMMUNITY,)))
    again = town.site.invites.invite(Guest("  Ann   Lee ", (COMMUNITY,)))
    other = town.site.invites.invite(Guest("Ann Lee", (COMMUNITY,), new_member=True))
    assert (first.is_new, again.is_new, other.is_new) == (True, False, True)
    assert first.member == again.member != other.member
    with pytest.raises(Ambiguous):
        town.site.invites.invite(Guest("Ann Lee", (COMMUNITY,)))
    meant = town.site.invites.invite(Guest("Ann Lee", (COMMUNITY,), member=other.member))
    assert meant.member == other.member


def test_a_member_is_invited_by_the_name_they_have_now(town: Town) -> None:
    ann = town.join("Ann Lee")
    ann.write(ann.joined.directory, change("member", ann.member, name="Ann Lee-Smith"))
    ann.sync_all(direct(town.site))
    made = town.site.invites.invite(Guest("Ann Lee-Smith", (COMMUNITY,)))
    assert (made.member, made.member_name) == (ann.member, "Ann Lee-Smith")
    assert town.site.invites.invite(Guest("Ann Lee", (COMMUNITY,))).is_new


def test_an_older_name_that_arrives_late_does_not_win(town: Town) -> None:
    ann, again = town.join("Ann"), town.join("Ann")
    older = ann.write(ann.joined.directory, change("member", ann.member, name="Older"))
    again.write(ann.joined.directory, change("member", ann.member, name="Newer"))
    again.sync_all(direct(town.site))
    ann.push([older], direct(town.site))
    assert [member.name for member in town.site.accounts.members()] == ["Newer"]
    assert check(town.site).findings == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_names_that_are_none_are_refused(town: Town, name: str) -> None:
    with pytest.raises(NeedsOperator):
        town.site.invites.invite(Guest(name, (COMMUNITY,)))
    with pytest.raises(NeedsOperator):
        town.site.accounts.create_community(name)


def test_an_invitation_to_nowhere_or_for_nobody_makes_no_member(town: Town) -> None:
    with pytest.raises(NotFound):
        town.site.invites.invite(Guest("Ann", ("Elsewhere",)))
    with pytest.raises(NotFound):
        town.site.invites.invite(Guest("Ann", (COMMUNITY,), member=bytes(16)))
    assert town.site.accounts.members() == []


def test_the_code_itself_is_kept_nowhere(town: Town) -> None:
    code = invite(town.site)
    town.site.database.copy_to(town.site.folder / "copy")
    kept = (town.site.folder / "copy").read_bytes()
    assert code.encode() not in kept
    assert code.replace("-", "").encode() not in kept


def test_every_enrolled_replica_has_a_frame_key_of_its_own(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    assert ann.joined.frame_key != ben.joined.frame_key
    assert CATALOGUE.by_name["replica_key"].number == REPLICA_KEY.number
    ann.account = ben.joined
    with pytest.raises(Rejected) as caught:
        ann.sync(direct(town.site))
    assert caught.value.problem is Problem.NOT_AUTHENTIC
