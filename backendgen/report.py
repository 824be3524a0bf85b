"""What a person reads and what a program reads. The only module that knows Rich."""

import json as jsonlib
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from backendgen.errors import BackendgenError, SpecError

if TYPE_CHECKING:
    from rich.console import Console

    from backendgen.merge import Change, Plan

# In display order; a kind without a line of its own is only counted.
KINDS = {
    "create": ("green", "created"),
    "update": ("cyan", "updated"),
    "merge": ("blue", "merged with your edits"),
    "skip": ("yellow", "skipped"),
    "keep": ("yellow", "kept"),
    "delete": ("magenta", "deleted"),
    "conflict": ("bold red", "in conflict"),
    "identical": ("", "identical"),
}

UNBROKEN = 10**6


class Report:
    """Words go to standard output, or to standard error when data go there (`--json`)."""

    def __init__(self, *, json: bool = False, quiet: bool = False) -> None:
        self.json = json
        self.quiet = quiet
        self._data: dict[str, Any] = {}

    @property
    def terminal(self) -> bool:
        return sys.stdin.isatty() and sys.stdout.isatty()

    @cached_property
    def _words(self) -> "Console":
        return _console(stderr=self.json)

    @cached_property
    def _errors(self) -> "Console":
        return _console(stderr=True)

    def record(self, **data: Any) -> None:
        """Adds to what `--json` prints at the end."""
        self._data.update(data)

    def close(self, code: int) -> None:
        if self.json:
            print(jsonlib.dumps({**self._data, "exit_code": code}, indent=2, ensure_ascii=False))

    def say(self, text: str = "", style: str = "") -> None:
        """A sentence, broken between words where a terminal would break within one."""
        if not self.quiet:
            width = self._words.width if self._words.is_terminal else UNBROKEN
            for line in text.split("\n"):
                self._words.print(_wrapped(line, width), style=style)

    def insist(self, text: str, style: str = "bold red") -> None:
        """What a person has to do something about; `--quiet` does not hide it."""
        self._errors.print(text, style=style)

    def answer(self, text: str) -> None:
        """What was asked for, as it is: `--quiet` shows it, `--json` has it in its data."""
        if not self.json:
            print(text)

    @contextmanager
    def progress(self, doing: str) -> Iterator[None]:
        if self.quiet or not sys.stderr.isatty():
            yield
            return
        with self._errors.status(f"{doing} …"):
            yield

    def refused(self, error: BackendgenError) -> None:
        problems = list(error.problems) if isinstance(error, SpecError) else []
        for problem in problems:
            self.insist(str(problem), style="red")
        if not problems:
            self.insist(f"error: {error}", style="red")
        if self.json:
            told = [_problem(problem) for problem in problems]
            self.record(error={"message": str(error), "problems": told})
            self.close(error.exit_code)

    # ------------------------------------------------------------------ a plan
    def plan(self, plan: "Plan", *, lines: bool = True) -> None:
        """A line per file, conflicts last; identical ones are counted."""
        counts: Counter[str] = Counter(change.kind for change in plan.changes)
        self.record(
            changes=[_change(change) for change in plan.changes if change.kind != "identical"],
            counts={kind: counts[kind] for kind in KINDS if counts[kind]},
            conflicts=[change.path for change in plan.conflicts],
        )
        for change in plan.changes:
            if change.kind != "identical" and (lines or change.note):
                self._line(change)
        told = ", ".join(f"{counts[kind]} {KINDS[kind][1]}" for kind in KINDS if counts[kind])
        self.say("nothing to change" if set(counts) <= {"identical"} else f"\n{told}")

    def _line(self, change: "Change") -> None:
        style, _ = KINDS[change.kind]
        if change.kind == "conflict":
            self.insist(f"  conflict  {change.path}: {change.note}", style=style)
        elif not self.quiet:
            self._words.print(f"  {change.kind:<9}", style=style, end="")
            self._words.print(f" {change.path}", end="")
            self._words.print(f": {change.note}" if change.note else "", style="dim")

    # ------------------------------------------------------------------ a tree
    def tree(self, name: str, paths: Iterable[str]) -> None:
        """Directories two levels deep; what is below is counted."""
        if self.quiet:
            return
        from rich.tree import Tree

        tree = Tree(name + "/", style="bold", guide_style="dim")
        branches: dict[PurePosixPath, Any] = {PurePosixPath(): tree}
        for path, label in _outline(paths):
            branches[path] = branches[path.parent].add(label, style="not bold")
        self._words.print(tree)

    # ---------------------------------------------------------------- a table
    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """What was asked for, so `--quiet` shows it."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        if self.json:
            return
        table = Table(
            title=title or None, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD
        )
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*map(Text, row))
        self._words.print(table)

    def diff(self, text: str) -> None:
        """A unified diff, coloured on a terminal."""
        for line in () if self.json else text.splitlines():
            self._words.print(line, style=_diff_style(line))

    def listed(self, title: str, rows: Sequence[str]) -> None:
        """Nothing at all where there are none."""
        if rows:
            self.say(f"\n{title}")
        for row in rows:
            self.say(f"  {row}")

    def commands(self, title: str, commands: Sequence[str]) -> None:
        """Lines to be pasted, so never wrapped and never decorated."""
        self.say(f"\n{title}")
        for command in () if self.quiet else commands:
            self._words.print(f"  {command}", style="bold")


def _console(*, stderr: bool) -> "Console":
    from rich.console import Console

    # What is said is not markup: a path may hold brackets, and a sentence is wrapped by the terminal.
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)


def _wrapped(line: str, width: int) -> str:
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.fill(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _diff_style(line: str) -> str:
    if line.startswith(("+++", "---")):
        return "bold"
    return {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "")


def _change(change: "Change") -> Mapping[str, str]:
    return {"path": change.path, "kind": change.kind, "note": change.note}


def _problem(problem: Any) -> Mapping[str, Any]:
    return {name: getattr(problem, name) for name in _PROBLEM}


_PROBLEM = ("source", "line", "column", "message", "remedy")


def _outline(paths: Iterable[str]) -> Iterator[tuple[PurePosixPath, str]]:
    """Directories before files, two levels, then how many files are deeper."""
    known = [PurePosixPath(path) for path in paths]
    deep = Counter(path.parents[-3] for path in known if len(path.parts) > 2)
    top = Counter(path.parents[-2] for path in known if len(path.parts) == 2)
    for directory in sorted({path.parents[-2] for path in known if len(path.parts) > 1}):
        files = f"  {_files(top[directory])}" if top[directory] else ""
        yield directory, f"{directory.name}/{files}"
        for below in sorted(path for path in deep if path.parent == directory):
            yield below, f"{below.name}/  {_files(deep[below])}"
    for path in sorted(path for path in known if len(path.parts) == 1):
        yield path, path.name


def _files(count: int) -> str:
    return f"{count} file" + ("s" if count != 1 else "")
