"""Projects and what is found in them: a directory is a case, with the tree and what is told of it.

`pytest --snapshot-update` writes what is told anew; review it like code.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_snapshot.plugin import Snapshot

from backendgen.stack.detection import Detection, Evidence, Service, Verdict, detect

CASES = sorted(path.parent for path in (Path(__file__).parent / "cases").glob("*/tree"))
CASES_TOLD = [case / "told.txt" for case in CASES]
CASES_FILES = [path for case in CASES for path in case.rglob("*") if path.is_file()]


def told(found: Detection) -> Iterator[str]:
    for service in found.services:
        yield from of_service(service)
    yield from (f"package {path} ({language})" for path, language in found.packages)
    yield from (f"backendgen {path}" for path in found.made)
    yield from (f"aside {path}" for path in found.aside)
    yield from (f"problem {problem}" for problem in found.problems)
    yield from (f"limit {limit}" for limit in found.limits)


def of_service(service: Service) -> Iterator[str]:
    yield f"{service.path} ({service.language})"
    for name, verdict in service.verdicts.items():
        yield f"  {name}: {verdict.name}"
        yield from of_verdict(verdict)


def of_verdict(verdict: Verdict) -> Iterator[str]:
    for candidate in verdict.found:
        yield f"    {candidate.row.title}"
        yield from (f"      {evidence}" for evidence in candidate.evidence)
    for candidate in verdict.weaker:
        yield f"    ({candidate.row.title})"
        yield from (f"      {evidence}" for evidence in candidate.evidence)


def every_evidence(found: Detection) -> Iterator[Evidence]:
    for service in found.services:
        for verdict in service.verdicts.values():
            for candidate in (*verdict.found, *verdict.weaker):
                yield from candidate.evidence


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_project_is_told_with_its_evidence(case: Path, snapshot: Snapshot) -> None:
    snapshot.snapshot_dir = case
    snapshot.assert_match("\n".join(told(detect(case / "tree"))) + "\n", "told.txt")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_line_holds_what_is_told_of_it(case: Path) -> None:
    for evidence in every_evidence(detect(case / "tree")):
        content = (case / "tree" / evidence.path).read_text()
        if evidence.line is not None:
            line = content.splitlines()[evidence.line - 1]
            words = re.findall(r"[\w@./-]{2,}", evidence.text.partition("://")[0])
            assert words[-1].rstrip(".") in line or words[0] in line, (evidence, line)


def test_no_password_is_told() -> None:
    everything = "".join(path.read_text() for path in CASES_TOLD)
    for secret in ("sekret", "s3cr3t", "p@ss", "pass@word", "w?rd", "pass word", "hunter2"):
        assert any(secret in path.read_text() for path in CASES_FILES if path.name != "told.txt")
        assert secret not in everything
    assert "eyJ" not in everything
