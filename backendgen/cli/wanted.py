"""What `new` is asked to make: from a spec file, from options, or from the wizard's questions."""

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from backendgen.cli.changing import tell_recovered
from backendgen.cli.draft import Draft, option, settings_in, with_settings, word_of
from backendgen.cli.found import found_in
from backendgen.cli.parse import Run
from backendgen.cli.questions import Question, questions
from backendgen.cli.words import KeyPath, Word
from backendgen.errors import BackendgenError, UsageError
from backendgen.project import is_project, propose_new, read_text, recover_new
from backendgen.releases import current

# What the spec of options and answers is read from: all of it is told of its word.
NOWHERE = "the command line"


@dataclass(frozen=True)
class Wanted:
    directory: Path
    text: str
    """The spec."""
    source: str
    command: str
    """The line that makes the same project, byte for byte."""
    word: Word
    asked: bool = False
    """A person has typed it, and shall not have to again."""


def refuse_taken(run: Run, directory: Path | None) -> None:
    if directory is None:
        return
    tell_recovered(run, recover_new(directory))
    if directory.exists() and not directory.is_dir():
        raise BackendgenError(f"{directory} is a file; name another directory")
    if is_project(directory):
        into = shlex.quote(str(directory))
        raise BackendgenError(
            f"{directory} is a backendgen project already; to change it: cd {into},"
            " edit backendgen.yaml and run: backendgen apply, or: backendgen add resource NAME"
        )


def from_spec(run: Run, directory: Path | None, spec: Path, given: Mapping[str, str]) -> Wanted:
    text = with_settings(read_text(spec), given)
    if "name" not in settings_in(text) and directory is not None:
        text = with_settings(text, {"name": name_of(directory)})
    directory = directory or Path(settings_in(text).get("name", ""))
    refuse_taken(run, directory)
    found = found_in(run.report, directory)
    said = settings_in(text)
    given = {**given, **{key: value for key, value in found.items() if key not in said}}
    text = with_settings(text, given)
    words = ["backendgen", "new", str(directory), "--spec", str(spec)]
    words += [word for key, value in given.items() for word in (option(key), value)]
    return Wanted(
        directory, text, str(spec), shlex.join([*words, "--no-input"]), partial(_override, given)
    )


def _override(given: Mapping[str, str], path: KeyPath) -> str | None:
    return option(path[0]) if len(path) == 1 and path[0] in given else None


def from_draft(run: Run, directory: Path | None, draft: Draft) -> Wanted:
    with run.report.progress("Reading the templates"):
        offered = questions(current().root)
    found = found_in(run.report, directory or _named(draft))
    offered = [_offering(question, found) for question in offered]
    asks = run.interactive and not _is_enough(draft, offered)
    if asks:
        draft = _ask(run, directory, draft, offered)
    elif "name" not in draft.settings:
        draft = replace(draft, settings={"name": _name_after(directory), **draft.settings})
    defaults = {question.name: question.default for question in offered}
    draft = replace(draft, settings={**defaults, **draft.settings})
    directory = directory or Path(draft.settings["name"])
    refuse_taken(run, directory)
    command = draft.command(str(directory))
    return Wanted(directory, draft.text, NOWHERE, command, word_of, asks)


def _named(draft: Draft) -> Path | None:
    name = draft.settings.get("name")
    return Path(name) if name else None


def _offering(question: Question, found: Mapping[str, str]) -> Question:
    default = found.get(question.name, question.default)
    return replace(question, default=default) if default in question.choices.values() else question


def _name_after(directory: Path | None) -> str:
    if directory is None:
        raise UsageError("nothing says where; write: backendgen new DIR, or give --spec FILE")
    return name_of(directory)


def _is_enough(draft: Draft, asked: Sequence[Question]) -> bool:
    choices = {question.name for question in asked if question.choices}
    return bool(draft.resources) or choices <= set(draft.settings)


def _ask(run: Run, directory: Path | None, draft: Draft, offered: Sequence[Question]) -> Draft:
    from backendgen.cli.wizard import wizard

    if directory is None:
        return wizard(run.report, offered, draft, lambda name: _taken(run, Path(name)))
    if said := _taken(run, directory):
        raise BackendgenError(said)
    named = [
        replace(each, default=name_of(directory)) if each.name == "name" else each
        for each in offered
    ]
    return wizard(run.report, named, draft, lambda _: "")


def _taken(run: Run, directory: Path) -> str:
    """Why the smallest project cannot be made there: told before a person has typed much."""
    try:
        refuse_taken(run, directory)
        propose_new(directory.absolute(), Draft({"name": "backend"}).text, NOWHERE)
    except BackendgenError as error:
        return error.message
    return ""


def name_of(directory: Path) -> str:
    """A project's name after its directory: `My Shop` is my-shop."""
    name = re.sub(r"[^a-z0-9]+", "-", directory.absolute().name.lower()).strip("-")
    return re.sub(r"^[^a-z]+", "", name) or "backend"
