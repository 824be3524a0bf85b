"""A rendered project with its migrations, on a database, with Python packages to run it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from filelock import FileLock

from backendgen.answers import Answers, answers
from backendgen.migrations import Migration, next_migration
from backendgen.releases import current
from backendgen.render import Tree, render
from backendgen.spec.loading import parse_spec
from tests.servers import scratch_database

ROOT = Path(__file__).parents[2]
TEMPLATE = current()
INSIDE = Path(__file__).with_name("inside.py")
DATABASES = ("sqlite", "postgresql", "mysql")
VERSIONS = "migrations/versions"
SECRET_KEY = "a-secret-key-for-tests-that-is-long-enough"


@dataclass(frozen=True)
class Project:
    root: Path
    url: str

    def python(self, *words: str | Path, stdin: str = "", fails: bool = False) -> str:
        """What the command wrote on stdout; on stderr, where it must fail."""
        settings = {"DATABASE_URL": self.url, "SECRET_KEY": SECRET_KEY, "PATH": os.environ["PATH"]}
        done = subprocess.run(
            [environment(), *words],
            cwd=self.root,
            env=settings,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stderr if fails else done.stdout

    def alembic(self, *words: str, fails: bool = False) -> str:
        return self.python("-m", "alembic", *words, fails=fails)

    def inside(self, *commands: str, given: Answers | None = None) -> list[Any]:
        """What each command of inside.py says; `given` is what `fill` fills with."""
        stdin = json.dumps(samples(given)) if given else ""
        said: list[Any] = json.loads(self.python(INSIDE, *commands, stdin=stdin))
        return said

    @contextmanager
    def on_another(self, database: str) -> Iterator["Project"]:
        with scratch_database(database, self.root.parent) as url:
            yield replace(self, url=url)

    def equals_its_models(self, database: str) -> list[str]:
        """The schema; what Alembic and `create_all` make of the models is the same."""
        assert "No new upgrade operations detected" in self.alembic("check")
        schema: list[str] = self.inside("schema")[0]
        with self.on_another(database) as other:
            assert other.inside("create", "schema") == [None, schema]
        return schema


def example(name: str) -> Answers:
    path = ROOT / "examples" / f"{name}.yaml"
    return answers(parse_spec(path.read_text(), path.name))


def shop_without_reviews() -> Answers:
    shop = example("shop")
    kept = [each for each in shop["resources"] if each["name"] != "Review"]
    return {**shop, "resources": kept}


def put(root: Path, given: Answers) -> None:
    """The project as templates make it, in place of what was there; its migrations stay."""
    for path, file in render(TEMPLATE, given).items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)


def migrate(root: Path, old: Answers | None, new: Answers) -> Migration:
    """Writes the next migration, as the commands do."""
    migration = next_migration(old, new, root, TEMPLATE)
    assert migration
    for path, file in migration.files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        assert not target.exists()
        target.write_bytes(file.content)
    return migration


def write_own(project: Project, name: str, *up: str) -> str:
    """`alembic revision`, and what a person would put into it; the revision's id."""
    project.alembic("revision", "-m", name)
    (path,) = (project.root / VERSIONS).glob(f"*_{name}.py")
    head, marker, _ = path.read_text().partition("def upgrade() -> None:\n")
    body = "".join(f"    {line}\n" for line in up)
    path.write_text(f"{head}{marker}{body}\n\ndef downgrade() -> None:\n    pass\n")
    return path.name.partition("_")[0]


def samples(given: Answers) -> Mapping[str, Mapping[str, Any]]:
    """A valid row for each table that has more than keys and defaults."""
    users = {"email": "ada@example.com", "password_hash": "x", **_examples(given["user_fields"])}
    token = {
        "family_id": "01890a5d-ac96-774b-bcce-b302099a8057",
        "token_hash": "x",
        "expires_at": "2026-01-02T03:04:05+00:00",
    }
    resources = {each["names"]["table"]: _examples(each["fields"]) for each in given["resources"]}
    return {**resources, "users": users, "refresh_tokens": token}


def _examples(fields: Any) -> dict[str, Any]:
    return {field["column"]: field["example"] for field in fields if field["example"] is not None}


@cache
def environment() -> Path:
    """The Python of a virtual environment with all that a project needs on any database, kept in build/."""
    packages = sorted({"ruff", *(name for each in DATABASES for name in dependencies(each))})
    directory = (
        ROOT / "build" / f"python-{hashlib.sha256(repr(packages).encode()).hexdigest()[:12]}"
    )
    python = directory / "bin/python"
    directory.parent.mkdir(exist_ok=True)
    with FileLock(directory.with_suffix(".lock")):  # several processes run the tests
        if not (directory / "complete").exists():
            shutil.rmtree(directory, ignore_errors=True)
            run(sys.executable, "-m", "venv", directory)
            run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages)
            (directory / "complete").touch()
    return python


def dependencies(database: str) -> list[str]:
    given: Answers = {**example("blog"), "database": database}
    tree: Tree = render(TEMPLATE, given)
    names: list[str] = tomllib.loads(tree["pyproject.toml"].content.decode())["project"][
        "dependencies"
    ]
    return names


def run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
