"""What came of bringing in, in words."""

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.intake import IntakeReport, Material
from cop_desktop.ui.widgets.form.fields import Choice


def tr(words: str) -> str:
    """The words in the language of the window."""
    return QCoreApplication.translate("Intake", words)


def materials() -> tuple[Choice, ...]:
    """What there is to bring in."""
    return (
        Choice(Material.DOCUMENTS, tr("Documents, into the library")),
        Choice(Material.MINUTES, tr("Minutes, as meetings")),
        Choice(Material.THREADS, tr("Discussion threads from elsewhere")),
    )


def headline(report: IntakeReport) -> str:
    """One sentence about all of it."""
    parts = [
        tr("{0} added").format(f"{report.added:,}"),
        tr("{0} already there").format(f"{report.already_there:,}"),
        tr("{0} left out").format(f"{len(report.skipped):,}"),
    ]
    words = ", ".join(parts) + "."
    if report.cancelled:
        stopped = tr("Stopped. What was brought in until then stays: {0}")
        return stopped.format(words)
    return words


def report_text(report: IntakeReport) -> str:
    """All of it, a line for each file that there is something to say about."""
    lines = [headline(report)]
    if report.skipped:
        lines += ["", tr("Left out:")]
        lines += [f"{each.path}: {each.reason}" for each in report.skipped]
    if report.remarks:
        lines += ["", tr("Brought in, but please look at:")]
        lines += [f"{each.path}: {each.text}" for each in report.remarks]
    return "\n".join(lines)
