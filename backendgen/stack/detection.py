"""The story: list the directory, read what is in it, divide it into services, weigh the clues."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from backendgen.stack.clue import Clue, Unreadable, shown
from backendgen.stack.rules import (
    ASIDE,
    CONFIGURED,
    HINT,
    KINDS,
    LANGUAGES,
    ROWS,
    SORTS_OF,
    STRENGTH,
    Kind,
    Row,
)
from backendgen.stack.sources import (
    Source,
    is_aside,
    is_below_aside,
    rows_of_file,
    sources_of,
)
from backendgen.stack.walk import Listing, parents, read, walk

MOST_CODE = 600
"""Files of code that are read for their imports, the shallow ones first."""
MOST_CLUES = 5_000
"""Of one file: ten times as many as in any that a person wrote."""
MOST_EVIDENCE = 20
BACKEND = ("framework", "database", "orm", "migrations")
"""Who says nothing of all these is a package beside the services."""
SPEC_FILE, ANSWERS_FILE = "backendgen.yaml", ".copier-answers.yml"


class Evidence(NamedTuple):
    path: str
    line: int | None
    text: str

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place} {self.text}".rstrip()


@dataclass(frozen=True)
class Candidate:
    row: Row
    evidence: Sequence[Evidence]
    rank: tuple[int, ...]
    """How strong its evidence is, the strongest first."""


@dataclass(frozen=True)
class Verdict:
    """One found: certain; several: it cannot be told which, unless the kind allows it; or none."""

    kind: Kind
    found: Sequence[Candidate] = ()
    weaker: Sequence[Candidate] = ()
    """What is named as well, by less."""

    @property
    def name(self) -> str:
        if self.sure:
            return "found"
        return "ambiguous" if self.found else "unknown"

    @property
    def sure(self) -> Candidate | None:
        certain = len(self.found) == 1 or (self.found and self.kind.several)
        return self.found[0] if certain else None


@dataclass(frozen=True)
class Service:
    path: str
    language: str
    verdicts: Mapping[str, Verdict]


class Problem(NamedTuple):
    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        return f"{self.path}{f':{self.line}' if self.line else ''}: {self.message}"


@dataclass
class Detection:
    root: Path
    services: Sequence[Service] = ()
    packages: Sequence[tuple[str, str]] = ()
    """Directories with a manifest that are no services, each with its language."""
    made: Sequence[str] = ()
    """Projects of backendgen."""
    aside: Sequence[str] = ()
    """Manifests of examples, tests and templates: not counted."""
    problems: list[Problem] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)

    def sure(self, kind: str) -> Candidate | None:
        """What all services that have any agree on."""
        verdicts = [service.verdicts[kind] for service in self.services]
        found = {verdict.sure.row.name: verdict.sure for verdict in verdicts if verdict.sure}
        certain = len(found) == 1 and not any(verdict.name == "ambiguous" for verdict in verdicts)
        return next(iter(found.values())) if certain else None


class Sighting(NamedTuple):
    """A clue at its place."""

    path: str
    clue: Clue
    row: Row


Unit = tuple[str, str]
"""A directory and a language; the empty language holds what is of both."""


def detect(root: Path) -> Detection:
    listing = walk(root)
    detection = Detection(root)
    manifests = _manifests(listing, detection)
    units = manifests | {("", language) for language in ("", *LANGUAGES)}
    sightings: dict[Unit, list[Sighting]] = defaultdict(list)
    for seen in _sightings(root, listing, detection):
        sightings[_home(seen, units)].append(seen)
    _divide(sightings, manifests, detection)
    detection.made = [_shown_directory(each) for each in _made(listing)]
    _tell_limits(listing, detection)
    return detection


# ---------------------------------------------------------------------- reading
def _sightings(root: Path, listing: Listing, detection: Detection) -> Iterator[Sighting]:
    for path in listing.files:
        if not is_below_aside(path):
            for name, row in rows_of_file(path):
                yield Sighting(path, Clue("file", name, ""), row)
    for path, source in _to_read(listing, detection):
        for clue in _read(root, path, source, detection):
            aside = clue.aside or is_aside(path, source)
            for row in _meanings(clue, only_tools=is_below_aside(path)):
                yield Sighting(path, clue._replace(aside=aside), row)


def _to_read(listing: Listing, detection: Detection) -> Iterator[tuple[str, Source]]:
    """All that declares something, then code as far as the bound allows, tests last."""
    rows = [(path, source) for path in listing.files for source in sources_of(path)]
    yield from ((path, source) for path, source in rows if _declares(path, source))
    code = [(path, source) for path, source in rows if source.is_code]
    code.sort(key=lambda row: is_below_aside(row[0]))
    if len(code) > MOST_CODE:
        detection.limits.append(f"of {len(code)} files of code {MOST_CODE} were read")
    yield from code[:MOST_CODE]


def _declares(path: str, source: Source) -> bool:
    return not source.is_code and not is_below_aside(path)


def _read(root: Path, path: str, source: Source, detection: Detection) -> Iterator[Clue]:
    """What a broken file says before the place where it is broken counts."""
    try:
        yield from islice(source.read(read(root / path)), MOST_CLUES)
        return
    except Unreadable as error:
        problem = Problem(shown(path), error.line, error.message)
    except ValueError as error:
        problem = Problem(shown(path), None, str(error))
    except OSError as error:
        problem = Problem(shown(path), None, error.strerror or "cannot be read")
    # Code is broken or huge for reasons of its own; nothing is decided by one file of it.
    if not source.is_code:
        detection.problems.append(problem)


def _by_clue() -> Mapping[str, Sequence[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in ROWS:
        for clue in row.clues:
            found[clue.lstrip("~")].append(row)
    return found


ROWS_BY_CLUE = _by_clue()


def _meanings(clue: Clue, *, only_tools: bool) -> Sequence[Row]:
    rows = ROWS_BY_CLUE.get(f"{clue.sort}:{clue.name}", ())
    return [row for row in rows if KINDS[row.kind].is_tool] if only_tools else rows


# --------------------------------------------------------------------- dividing
def _manifests(listing: Listing, detection: Detection) -> set[Unit]:
    """The directories that hold a manifest, each with its language and without."""
    units: set[Unit] = set()
    aside = []
    for path in listing.files:
        for source in sources_of(path):
            if source.language and is_below_aside(path):
                aside.append(shown(path))
            elif source.language:
                directory = next(parents(path))
                # requirements/base.txt belongs to the directory above.
                if directory.rpartition("/")[2] == "requirements":
                    directory = next(parents(directory))
                units |= {(directory, source.language), (directory, "")}
    detection.aside = aside
    return units


def _home(seen: Sighting, units: set[Unit]) -> Unit:
    language = seen.row.language or SORTS_OF.get(seen.clue.sort, "")
    directory = next(parent for parent in parents(seen.path) if (parent, language) in units)
    return directory, language


def _divide(
    sightings: Mapping[Unit, Sequence[Sighting]], manifests: set[Unit], detection: Detection
) -> None:
    """Into services and other packages; without a service, each package is told in full."""
    known = [unit for unit in sorted({*manifests, *sightings}) if unit[1]]
    told = [unit for unit in known if _is_backend(sightings.get(unit, ()))]
    told = told or [unit for unit in known if sightings.get(unit)]
    detection.services = [_service(unit, sightings) for unit in told]
    detection.packages = [
        (_shown_directory(directory), language)
        for directory, language in known
        if (directory, language) in manifests and (directory, language) not in told
    ]


def _is_backend(own: Sequence[Sighting]) -> bool:
    return any(seen.row.kind in BACKEND and _weight(seen) > HINT for seen in own)


def _service(unit: Unit, sightings: Mapping[Unit, Sequence[Sighting]]) -> Service:
    directory, language = unit
    own, around = sightings.get(unit, ()), _around(directory, language, sightings)
    verdicts = {kind.name: _verdict(kind, own, around) for kind in KINDS.values()}
    return Service(_shown_directory(directory), language, verdicts)


def _around(
    directory: str, language: str, sightings: Mapping[Unit, Sequence[Sighting]]
) -> Sequence[Sequence[Sighting]]:
    """What is said in the directory of no language, then in each directory above of either."""
    shared = [sightings.get((directory, ""), ())]
    for parent in parents(directory) if directory else ():
        said = [*sightings.get((parent, language), ()), *sightings.get((parent, ""), ())]
        shared.append(said)
    return shared


def _made(listing: Listing) -> Iterator[str]:
    known = set(listing.files)
    for path in listing.files:
        directory = next(parents(path))
        prefix = f"{directory}/" if directory else ""
        if is_below_aside(path):
            continue
        if path == f"{prefix}{ANSWERS_FILE}" and f"{prefix}{SPEC_FILE}" in known:
            yield directory


def _shown_directory(directory: str) -> str:
    return shown(directory) or "."


def _tell_limits(listing: Listing, detection: Detection) -> None:
    detection.problems += [
        Problem(shown(path), None, "cannot be listed") for path in listing.closed
    ]
    if not listing.whole:
        detection.limits.append(
            f"the directory is large: its first {len(listing.files)} files were looked at"
        )


# --------------------------------------------------------------------- weighing
def _verdict(kind: Kind, own: Sequence[Sighting], around: Sequence[Sequence[Sighting]]) -> Verdict:
    here, *above = around
    candidates = _candidates(kind, [*own, *here])
    for said in above if kind.is_shared else ():
        candidates = candidates or _candidates(kind, said)
    known = [each for each in candidates if each.rank[0] > HINT] or candidates
    best = max((each.rank for each in known), default=())
    found = [each for each in known if kind.several or each.rank == best > (ASIDE,)]
    return Verdict(kind, found, [each for each in known if each not in found])


def _candidates(kind: Kind, sightings: Sequence[Sighting]) -> Sequence[Candidate]:
    by_row: dict[Row, list[Sighting]] = defaultdict(list)
    for seen in sightings:
        if seen.row.kind == kind.name:
            by_row[seen.row].append(seen)
    rows = [row for row in ROWS if row in by_row]
    candidates = [_candidate(row, by_row[row]) for row in rows]
    return [each for each in candidates if not _is_brought(each, candidates)]


def _is_brought(candidate: Candidate, all_: Sequence[Candidate]) -> bool:
    name, strongest = candidate.row.name, candidate.rank[0]
    return any(name in each.row.over and each.rank[0] >= min(strongest, HINT) for each in all_)


def _candidate(row: Row, sightings: Sequence[Sighting]) -> Candidate:
    ordered = sorted(sightings, key=_weight, reverse=True)
    strongest = {seen.clue.sort: _weight(seen) for seen in reversed(ordered)}
    rank = tuple(sorted(strongest.values(), reverse=True))
    if rank[0] >= CONFIGURED:
        rank = rank[:1]
    return Candidate(row, _evidence(ordered)[:MOST_EVIDENCE], rank)


def _evidence(ordered: Sequence[Sighting]) -> Sequence[Evidence]:
    """Each line once: the strongest of each sort of clue, then what else there is."""
    firsts = {seen.clue.sort: seen for seen in reversed(ordered)}
    firsts_in_order = [seen for seen in ordered if firsts[seen.clue.sort] is seen]
    by_place: dict[tuple[str, int | None], Evidence] = {}
    for path, clue, _ in (*firsts_in_order, *ordered):
        evidence = Evidence(shown(path), clue.line, shown(clue.text))
        by_place.setdefault((path, clue.line), evidence)
    return list(by_place.values())


def _weight(seen: Sighting) -> int:
    if seen.clue.aside and not KINDS[seen.row.kind].is_tool:
        return ASIDE
    is_hint = f"~{seen.clue.sort}:{seen.clue.name}" in seen.row.clues
    return HINT if is_hint else STRENGTH[seen.clue.sort]
