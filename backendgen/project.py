"""The story: open a project, propose a change to it, carry it out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple, cast

import yaml

from backendgen import apply as applying
from backendgen import recorded, releases
from backendgen.answers import Answers, answers
from backendgen.errors import BackendgenError
from backendgen.merge import Change, Plan, look, plan
from backendgen.migrations import Migration, format_of, next_migration
from backendgen.migrations.tables import tables
from backendgen.releases import Template
from backendgen.render import ANSWERS_FILE, File, Tree, render
from backendgen.spec.differences import Difference, aligned, differences
from backendgen.spec.loading import parse_spec
from backendgen.spec.model import Spec
from backendgen.spec.schema import json_schema

SPEC_FILE = "backendgen.yaml"
SCHEMA_FILE = ".backendgen/schema.json"
RECORDED = {"_commit", "name", "framework", "database", "auth", "user_fields", "resources"}
"""What every release has recorded."""
HEADER = f"# yaml-language-server: $schema={SCHEMA_FILE}\n"


@dataclass(frozen=True)
class Project:
    """What a directory should be, and what has been applied to it."""

    root: Path
    text: str
    """backendgen.yaml, as it is on disk."""
    spec: Spec
    applied: Answers
    template: Template
    """The version that the project was made with."""
    recovered: str | None = None
    """What was done about a run that had been killed."""

    @property
    def wanted(self) -> Answers:
        return self.answers(self.spec)

    def answers(self, spec: Spec) -> Answers:
        """The answers to a spec; those that only the templates ask for stay as they were given."""
        return cast(Answers, {**self.applied, **answers(spec, self.applied)})

    @property
    def pending(self) -> tuple[Difference, ...]:
        return differences(self.applied, self.wanted)


@dataclass(frozen=True)
class Proposal:
    """A change that is thought through and not yet written."""

    root: Path
    command: str
    plan: Plan
    answers: Answers
    recorded: Mapping[str, object]
    """What the answers file will say."""
    migration: Migration | None = None


# ------------------------------------------------------------------------ open
@contextmanager
def opened(start: Path) -> Iterator[Project]:
    """The project around a directory, locked; what a killed run left half done is taken back."""
    root = find_root(start)
    with applying.locked(root):
        recovered = applying.recover(root)
        if recovered and not is_project(root):
            raise BackendgenError(f"{recovered}; {root} is no project now: backendgen new")
        yield replace(_read(root), recovered=recovered)


def recover_new(root: Path) -> str | None:
    """Takes back what a killed `new` left half done, and says so."""
    if not applying.is_interrupted(root):
        return None
    with applying.locked(root):
        return applying.recover(root)


def find_root(start: Path) -> Path:
    for directory in (start.absolute(), *start.absolute().parents):
        if is_project(directory) or applying.is_interrupted(directory):
            return directory
    raise BackendgenError(
        f"{start.absolute()} is not in a backendgen project: neither it nor a directory above"
        f" holds {SPEC_FILE} and {ANSWERS_FILE}; make one with: backendgen new"
    )


def is_project(directory: Path) -> bool:
    return all((directory / name).is_file() for name in (SPEC_FILE, ANSWERS_FILE))


def _read(root: Path) -> Project:
    found = _recorded(root)
    text = read_text(root / SPEC_FILE)
    template = releases.recorded(str(found["_commit"]))
    return Project(root, text, parse_spec(text, SPEC_FILE), cast(Answers, _given(found)), template)


def _recorded(root: Path) -> Mapping[str, object]:
    try:
        found = recorded.read(read_text(root / ANSWERS_FILE))
    except yaml.YAMLError:
        found = None
    if not isinstance(found, dict) or not RECORDED <= found.keys():
        raise BackendgenError(
            f"{ANSWERS_FILE} cannot be read as the record of what was applied;"
            f" restore it, for example with: git checkout -- {ANSWERS_FILE}"
        )
    return found


def read_text(path: Path) -> str:
    try:
        # newline="" keeps CRLF files as they are.
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except UnicodeDecodeError as error:
        raise BackendgenError(
            f"{path.name}: byte {error.start + 1} is not UTF-8; save the file as UTF-8"
        ) from error


# --------------------------------------------------------------------- propose
def propose_new(root: Path, text: str, source: str) -> Proposal:
    """A whole project in a directory where nothing is in its way."""
    made = answers(parse_spec(text, source))
    template = releases.current()
    migration = next_migration(None, made, root, template)
    tree = render(template, made)
    known = _existing(root, SPEC_FILE) if Path(source).absolute() == root / SPEC_FILE else {}
    proposed = plan(root, known, tree, _owned(with_header(text), migration))
    if proposed.conflicts:
        raise BackendgenError(_in_the_way(root, proposed))
    return Proposal(root, "new", proposed, made, tree.recorded, migration)


def propose_change(project: Project, command: str, text: str | None = None) -> Proposal:
    """The code brought to the spec: to the one on disk, or to `text` in its place."""
    text = project.text if text is None else text
    wanted = project.answers(parse_spec(text, SPEC_FILE))
    _refuse_unsupported(differences(project.applied, wanted))
    return _proposal(project, command, text, wanted, project.template)


def propose_update(project: Project) -> Proposal:
    """The same spec with the templates of the installed backendgen."""
    _refuse_pending(project, "update")
    template = releases.current()
    if releases.is_later(project.template.version, template.version):
        raise BackendgenError(
            f"the installed templates {template.version} are older than the project's,"
            f" {project.template.version}; install a later backendgen: pip install --upgrade backendgen"
        )
    return _proposal(project, "update", project.text, project.wanted, template)


def propose_resource(project: Project, text: str) -> Proposal:
    """`add resource` adds that resource alone: what else is pending is for `apply`."""
    _refuse_pending(project, "add resource")
    return propose_change(project, "add resource", text)


def _proposal(
    project: Project, command: str, text: str, wanted: Answers, template: Template
) -> Proposal:
    base, new = render(project.template, project.applied), render(template, wanted)
    applied = aligned(project.applied, wanted)
    migration = next_migration(applied, wanted, project.root, template)
    owned = _owned(text, migration)
    known = _existing(project.root, SPEC_FILE, SCHEMA_FILE)
    proposed = plan(project.root, base | known, new, owned)
    return Proposal(project.root, command, proposed, wanted, new.recorded, migration)


def _refuse_unsupported(found: Sequence[Difference]) -> None:
    refused = [difference.sentence for difference in found if not difference.supported]
    if refused:
        raise BackendgenError("\n".join(refused))


def _refuse_pending(project: Project, command: str) -> None:
    pending = [difference.sentence for difference in project.pending]
    if pending:
        raise BackendgenError(
            f"{SPEC_FILE} holds changes that are not applied yet ({'; '.join(pending)}), and"
            f" `{command}` does only what it says; see them with: backendgen diff,"
            " apply them with: backendgen apply"
        )


def _owned(text: str, migration: Migration | None) -> Tree:
    schema = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    files = {SPEC_FILE: File(text.encode()), SCHEMA_FILE: File(schema.encode())}
    return {**files, **(migration.files if migration else {})}


def _existing(root: Path, *names: str) -> Tree:
    """The command's own files as they are: they are its to set, whatever is in them."""
    return {name: File((root / name).read_bytes()) for name in names if (root / name).is_file()}


def with_header(text: str) -> str:
    return text if "yaml-language-server:" in text else HEADER + text


def _in_the_way(root: Path, proposed: Plan) -> str:
    names = [change.path for change in proposed.conflicts]
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return (
        f"{root} is not empty, and files of yours are where generated ones belong:"
        f" {', '.join(names[:10])}{more}; move them away, or name another directory"
    )


# ------------------------------------------------------------------- carry out
def carry_out(proposal: Proposal) -> None:
    """To be called inside `opened`."""
    applying.apply(proposal.root, proposal.plan, proposal.command)
    for change in proposal.plan.writes:
        if change.path == ANSWERS_FILE and change.after is not None:
            recorded.keep(change.after.content.decode(), proposal.recorded)


def carry_out_new(proposal: Proposal) -> None:
    with applying.locked(proposal.root):
        carry_out(proposal)


def take_back(start: Path, *, dry_run: bool, whole: bool) -> tuple[Plan, str | None]:
    """Undoes the last change, whatever can be read of the spec by now; tells what was recovered.

    The making of the project itself is taken back only where `whole` says that it is meant.
    """
    root = find_root(start)
    with applying.locked(root):
        recovered = applying.recover(root)
        if recovered:  # and with it the last change has been taken back
            return Plan(()), recovered
        foreseen = applying.undo(root, dry_run=True)
        if dry_run:
            return foreseen, recovered
        if not whole and _is_everything(foreseen):
            raise BackendgenError(
                f"the last change made the project itself: all {len(foreseen.writes)} files of it"
                " would go; if that is meant: backendgen undo --yes"
            )
        return applying.undo(root), recovered


def _is_everything(plan: Plan) -> bool:
    return any(change.path == ANSWERS_FILE and change.after is None for change in plan.changes)


# ----------------------------------------------------------------- look at it
class Drift(NamedTuple):
    """Something that does not agree with the rest, and what to do about it."""

    where: str
    sentence: str


@dataclass(frozen=True)
class Standing:
    installed: str
    pending: tuple[str, ...]
    edited: tuple[str, ...]
    deleted: tuple[str, ...]


def standing(project: Project) -> Standing:
    generated = render(project.template, project.applied)
    found = {path: look(project.root, path) for path in generated}
    return Standing(
        installed=releases.current().version,
        pending=tuple(difference.sentence for difference in project.pending),
        edited=tuple(path for path, file in found.items() if file not in (None, generated[path])),
        deleted=tuple(path for path, file in found.items() if file is None),
    )


def drift(project: Project) -> tuple[Drift, ...]:
    return (*_unapplied(project), *_broken_code(project), *_broken_history(project))


def _unapplied(project: Project) -> Iterator[Drift]:
    for difference in project.pending:
        yield Drift(SPEC_FILE, f"{difference.sentence}; apply it with: backendgen apply")


def _broken_code(project: Project) -> Iterator[Drift]:
    generated = render(project.template, project.applied)
    for path in generated:
        found = look(project.root, path)
        line = _marked(found.content) if isinstance(found, File) else 0
        if line:
            yield Drift(f"{path}:{line}", "a conflict is left; resolve it and take the marker out")
    for resource in project.applied["resources"]:
        package = resource["names"]["snake_plural"]
        code = [path for path in generated if package in Path(path).parts]
        if code and not any((project.root / path).exists() for path in code):
            yield Drift(
                resource["name"],
                f"its code is gone, as {code[0]}; restore it, for example with git",
            )


def _marked(content: bytes) -> int:
    """The line of the first conflict that is left, 0 for none."""
    lines = content.splitlines()
    if not any(line.startswith(b">>>>>>> ") for line in lines):
        return 0
    starts = (at for at, line in enumerate(lines, 1) if line.startswith(b"<<<<<<< "))
    return next(starts, 0)


def _broken_history(project: Project) -> Iterator[Drift]:
    format_ = format_of(project.applied["framework"])
    applied = aligned(project.applied, project.wanted)
    try:
        format_.begun(project.root, applied)
    except BackendgenError as error:
        yield Drift(format_.DIRECTORY, error.message)
    for table in format_.uncreated(project.root, tables(applied)):
        yield Drift(format_.DIRECTORY, f"no migration creates the table {table}")


def changed_answers(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[str, ...]:
    """What newer answers no longer hold of the old ones, and what they hold by default."""
    before, after = dict(_flat(_given(old))), dict(_flat(_given(new)))
    dropped = [f"{key} is no longer asked" for key in before if key not in after]
    added = [f"{key} is new: {after[key]}" for key in after if key not in before]
    return (*dropped, *added)


def _given(recorded: Mapping[str, object]) -> Mapping[str, object]:
    return {key: value for key, value in recorded.items() if not key.startswith("_")}


def _flat(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Each answer by its path; of a list, one entry stands for all."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value:
        for inner in value:
            yield from _flat(inner, f"{path}[]")
    else:
        yield path, value


def sql(project: Project, proposal: Proposal) -> str:
    """The statements of the proposed migration, empty where the database stays as it is."""
    if proposal.migration is None:
        return ""
    rendered = render(project.template, proposal.answers)
    format_ = format_of(project.spec.framework)
    return format_.sql(proposal.migration.files, rendered, project.spec.database)


def unified(change: Change) -> str:
    """A change as `diff -u` would tell it."""
    before, after = _lines(change.before), _lines(change.after)
    if before is None or after is None:
        return f"{change.path}: not a text file\n"
    old = "/dev/null" if change.before is None else f"a/{change.path}"
    new = "/dev/null" if change.after is None else f"b/{change.path}"
    return "".join(_terminated(unified_diff(before, after, old, new)))


def _lines(file: File | None) -> list[str] | None:
    try:
        return file.content.decode().splitlines(keepends=True) if file else []
    except UnicodeDecodeError:
        return None


def _terminated(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
