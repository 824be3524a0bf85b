from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from typer import Argument

from backendgen.cli.found import JUDGED, is_generated
from backendgen.cli.parse import Run
from backendgen.errors import BackendgenError
from backendgen.report import Report
from backendgen.stack.detection import Candidate, Detection, Evidence, Service, Verdict
from backendgen.stack.detection import detect as recognise
from backendgen.stack.rules import LANGUAGES

COLUMNS = ("", "Found", "Evidence")
MOST_LINES = 3


def detect(
    run: Run,
    directory: Annotated[
        Path, Argument(metavar="DIR", help="Where; the working directory if left out.")
    ] = Path(),
) -> int:
    """Say what a project is made of: framework, database, ORM, tools, each with its evidence.

    Any Python or Node project. Nothing of it is run, no link out of it is followed, and no password
    is shown. What is not there is unknown; what contradicts itself is told with both sides.
    """
    if not directory.is_dir():
        what = "a file" if directory.exists() else "not there"
        raise BackendgenError(f"{directory} is {what}; name a directory")
    with run.report.progress("Looking"):
        found = recognise(directory)
    run.report.record(command="detect", root=str(directory.absolute()), **_data(found))
    _tell(run.report, found)
    return 0


# ------------------------------------------------------------------------ words
def _tell(report: Report, found: Detection) -> None:
    for made in found.made:
        report.answer(f"{made} is a project of backendgen; see: backendgen status")
    for service in found.services:
        rows = [row for verdict in service.verdicts.values() for row in _rows(verdict)]
        report.table(f"{service.path} ({LANGUAGES[service.language]})", COLUMNS, rows)
    for line in _marks(found):
        report.say(f"  {line}", style="dim")
    if not found.services:
        report.answer(f"no backend is recognised in {found.root.absolute()}")
    packages = [f"{path} ({LANGUAGES[language]})" for path, language in found.packages]
    report.listed("No backend, but a package:", packages)
    report.listed("Not counted, being tests, examples or templates:", _shortened(found.aside))
    report.listed("Could not be read:", [str(problem) for problem in found.problems])
    report.listed("Not everything was looked at:", found.limits)


def _rows(verdict: Verdict) -> Iterator[tuple[str, str, str]]:
    title = verdict.kind.title
    if not verdict.found:
        yield title, "unknown", ""
    for candidate in verdict.found:
        yield title, _named(verdict, candidate), _told(candidate.evidence)
        title = ""
    for candidate in verdict.weaker:
        yield "", f"({candidate.row.title})", _told(candidate.evidence[:1])


def _named(verdict: Verdict, candidate: Candidate) -> str:
    either = "" if verdict.sure else " ?"
    foreign = "" if is_generated(candidate) else " *"
    return f"{candidate.row.title}{either}{foreign}"


def _marks(found: Detection) -> Iterator[str]:
    """What the marks behind the names mean, as far as there are any."""
    verdicts = [each for service in found.services for each in service.verdicts.values()]
    if any(verdict.name == "ambiguous" for verdict in verdicts):
        yield "?  it cannot be told which: the evidence contradicts itself"
    if any(not is_generated(each) for verdict in verdicts for each in verdict.found):
        yield "*  this release of backendgen does not generate it"


def _told(evidence: Sequence[Evidence]) -> str:
    return "\n".join(_shortened([str(each) for each in evidence]))


def _shortened(lines: Sequence[str]) -> Sequence[str]:
    left = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], f"and {left} more"] if left > 1 else lines


# ------------------------------------------------------------------------- data
def _data(found: Detection) -> Mapping[str, Any]:
    return {
        "services": [_service(service) for service in found.services],
        "packages": [{"path": path, "language": language} for path, language in found.packages],
        "backendgen": found.made,
        "aside": found.aside,
        "problems": [problem._asdict() for problem in found.problems],
        "limits": found.limits,
    }


def _service(service: Service) -> Mapping[str, Any]:
    verdicts = {name: _verdict(verdict) for name, verdict in service.verdicts.items()}
    return {"path": service.path, "language": service.language, **verdicts}


def _verdict(verdict: Verdict) -> Mapping[str, Any]:
    return {
        "verdict": verdict.name,
        "found": [_candidate(candidate) for candidate in verdict.found],
        "weaker": [_candidate(candidate) for candidate in verdict.weaker],
    }


def _candidate(candidate: Candidate) -> Mapping[str, Any]:
    return {
        "name": candidate.row.name,
        "title": candidate.row.title,
        **({"generated": is_generated(candidate)} if candidate.row.kind in JUDGED else {}),
        "evidence": [each._asdict() for each in candidate.evidence],
    }
