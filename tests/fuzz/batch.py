"""Many projects, rendered beside each other and looked at by their language's tools in one go."""

import json
import re
import subprocess
import sys
import tomllib
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from backendgen.answers import answers
from backendgen.cli.draft import with_settings
from backendgen.migrations import next_migration
from backendgen.render import File, render
from backendgen.spec.loading import parse_spec
from tests.fuzz.environment import installed_by_npm
from tests.migrations.project import TEMPLATE

MOST_ARGUMENTS = 2000
SPEC = "backendgen.yaml"


class Toolchain(NamedTuple):
    """What projects of a kind are looked at with; a command gets the paths of its files."""

    settings: Mapping[str, str]
    """What makes a spec one of this kind."""
    suffix: str
    commands: Callable[[], Sequence[Sequence[str]]]


RUFF = (sys.executable, "-m", "ruff")
EXPRESS = TEMPLATE.root / "templates/express"


def ruff() -> Sequence[Sequence[str]]:
    return (
        (*RUFF, "format", "--check", "--quiet", "--no-cache"),
        (*RUFF, "check", "--quiet", "--no-cache", "--output-format", "concise"),
    )


@cache
def biome() -> Sequence[Sequence[str]]:
    """One configuration for all, as each project has it."""
    (pinned,) = re.findall(
        r'"@biomejs/biome": "(.+)"', (EXPRESS / "package.json.jinja").read_text()
    )
    tool = installed_by_npm("biome", [f"@biomejs/biome@{pinned}"]) / "node_modules/.bin/biome"
    return ((str(tool), "check", "--error-on-warnings", f"--config-path={EXPRESS}"),)


TOOLCHAINS: Mapping[str, Toolchain] = {
    "fastapi": Toolchain({"framework": "fastapi"}, ".py", ruff),
    "django": Toolchain({"framework": "django"}, ".py", ruff),
    "flask": Toolchain({"framework": "flask"}, ".py", ruff),
    "express": Toolchain({"framework": "express"}, ".ts", biome),
    "express-javascript": Toolchain(
        {"framework": "express", "language": "javascript"}, ".js", biome
    ),
}


def compile_python(content: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # an escape that is none is a SyntaxWarning
        compile(content, "generated.py", "exec", dont_inherit=True)


PARSERS: Mapping[str, Callable[[bytes], object]] = {
    ".py": compile_python,
    ".toml": lambda content: tomllib.loads(content.decode()),
    ".json": json.loads,
    ".yaml": yaml.safe_load,
    ".yml": yaml.safe_load,
}


class Batch:
    """Writes projects below `root`; what another of them has byte for byte is not looked at again."""

    def __init__(self, root: Path, framework: str) -> None:
        self.root = root
        self.toolchain = TOOLCHAINS[framework]
        self.seen: set[tuple[str, bytes]] = set()
        self.fresh: list[Path] = []
        self.unparsed: list[str] = []

    def add(self, number: int, text: str) -> Path:
        """The project of a spec, with its first migration."""
        text = with_settings(text, self.toolchain.settings)
        project = self.root / f"{number:03}"
        given = answers(parse_spec(text, SPEC))
        migration = next_migration(None, given, project, TEMPLATE)
        assert migration
        for path, file in (*render(TEMPLATE, given).items(), *migration.files.items()):
            self.write(project, path, file)
        (project / SPEC).write_text(text)
        return project

    def write(self, project: Path, path: str, file: File) -> None:
        target, content = project / path, file.content
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        target.chmod(0o755 if file.executable else 0o644)
        if (path, content) not in self.seen:
            self.seen.add((path, content))
            self.fresh.append(target)
            self.unparsed += self.parse(target, content)

    def parse(self, target: Path, content: bytes) -> Iterator[str]:
        try:
            PARSERS.get(target.suffix, bytes.decode)(content)
        except (SyntaxError, SyntaxWarning, ValueError, yaml.YAMLError) as error:
            yield f"{target.relative_to(self.root)}: {error}"

    def complaints(self) -> list[str]:
        """Of the parsers and of every command."""
        files = [path for path in self.fresh if path.suffix == self.toolchain.suffix]
        found = [
            self.complaint(command, part)
            for command in self.toolchain.commands()
            for part in parts(files)
        ]
        return [*self.unparsed, *filter(None, found)]

    def complaint(self, command: Sequence[str], files: Iterable[Path]) -> str:
        paths = [str(path.relative_to(self.root)) for path in files]
        done = subprocess.run(
            [*command, *paths], cwd=self.root, text=True, capture_output=True, check=False
        )
        return "" if done.returncode == 0 else done.stdout + done.stderr


def parts(files: Sequence[Path]) -> Iterator[Sequence[Path]]:
    for start in range(0, len(files), MOST_ARGUMENTS):
        yield files[start : start + MOST_ARGUMENTS]
