"""`backendgen detect`, and what `new` makes of a directory that already holds something."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from backendgen.cli.found import BROUGHT
from backendgen.project import SPEC_FILE
from backendgen.render import ANSWERS_FILE
from backendgen.spec.grammar import DATABASES, FRAMEWORKS
from backendgen.stack import detection
from backendgen.stack.rules import ROWS

from .conftest import SPEC, Backendgen, fingerprint

CASES = Path(__file__).parents[1] / "stack/cases"


def case(name: str, root: Path) -> Path:
    return Path(shutil.copytree(CASES / name / "tree", root / name))


def service(data: Any, path: str = ".") -> Any:
    (found,) = [each for each in data["services"] if each["path"] == path]
    return found


# ----------------------------------------------------------------------- detect
def test_a_table_has_what_was_found_and_where(tmp_path: Path, run: Backendgen) -> None:
    root = case("fastapi-uv", tmp_path)
    done = run("detect", cwd=root, COLUMNS="200")
    assert (done.code, done.err) == (0, "")
    (line,) = [line for line in done.out.splitlines() if "Framework" in line]
    assert line.split() == ["Framework", "FastAPI", "pyproject.toml:10", "fastapi>=0.110"]
    assert ".env.example:3 DATABASE_URL=postgresql+asyncpg://***@localhost:5432/shop" in done.out
    assert "(SQLite)" in done.out


def test_the_data_hold_the_verdicts_with_their_evidence(tmp_path: Path, run: Backendgen) -> None:
    case("two-python-services", tmp_path)
    done = run("detect", "two-python-services", "--json", cwd=tmp_path)
    assert (done.code, done.data["command"], done.data["exit_code"]) == (0, "detect", 0)
    assert done.data["root"] == str(tmp_path / "two-python-services")
    framework = service(done.data, "services/orders")["framework"]
    assert framework["verdict"] == "found"
    (found,) = framework["found"]
    assert (found["name"], found["generated"]) == ("fastapi", True)
    assert found["evidence"][0] == {
        "path": "services/orders/pyproject.toml",
        "line": 3,
        "text": "fastapi>=0.115",
    }
    assert service(done.data, "services/portal")["tests"]["verdict"] == "unknown"


def test_what_cannot_be_told_is_told_with_both_sides(tmp_path: Path, run: Backendgen) -> None:
    root = case("two-frameworks", tmp_path)
    done = run("detect", cwd=root)
    assert "FastAPI ?" in done.out
    assert "Flask ?" in done.out
    assert "it cannot be told which" in done.out
    data = run("detect", "--json", cwd=root).data
    assert service(data)["framework"]["verdict"] == "ambiguous"
    assert len(service(data)["framework"]["found"]) == 2


def test_what_cannot_be_generated_is_marked(tmp_path: Path, run: Backendgen) -> None:
    root = case("nestjs-typeorm", tmp_path)
    done = run("detect", cwd=root)
    assert "NestJS *" in done.out
    assert "this release of backendgen does not generate it" in done.out
    (found,) = service(run("detect", "--json", cwd=root).data)["framework"]["found"]
    assert found["generated"] is False
    data = service(run("detect", "--json", cwd=root).data)
    assert data["orm"]["found"][0]["generated"] is False
    assert "generated" not in data["tests"]["found"][0]


def test_every_framework_says_what_comes_with_it() -> None:
    assert BROUGHT.keys() == FRAMEWORKS.keys()
    known = {(row.kind, row.name) for row in ROWS}
    assert {("framework", name) for name in FRAMEWORKS} <= known
    assert {("database", name) for name in DATABASES} <= known
    assert {pair for brought in BROUGHT.values() for pair in brought.items()} <= known


def test_a_project_of_ours_is_recognised(made: Path, run: Backendgen) -> None:
    done = run("detect", str(made), cwd=made.parent)
    assert "a project of backendgen" in done.out
    data = run("detect", str(made), "--json", cwd=made.parent).data
    assert data["backendgen"] == ["."]
    names = {
        kind: [each["name"] for each in service(data)[kind]["found"]]
        for kind in ("framework", "database", "orm", "migrations", "tests", "linter")
    }
    assert names == {
        "framework": ["fastapi"],
        "database": ["sqlite"],
        "orm": ["sqlalchemy"],
        "migrations": ["alembic"],
        "tests": ["pytest"],
        "linter": ["ruff"],
    }
    assert (detection.ANSWERS_FILE, detection.SPEC_FILE) == (ANSWERS_FILE, SPEC_FILE)


def test_broken_files_are_told_and_the_rest_counts(tmp_path: Path, run: Backendgen) -> None:
    done = run("detect", cwd=case("broken", tmp_path))
    assert done.code == 0
    assert "package.json:5: not valid JSON" in done.out
    assert "Flask" in done.out


def test_an_empty_directory_holds_no_backend(tmp_path: Path, run: Backendgen) -> None:
    done = run("detect", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert "no backend is recognised" in done.out
    assert run("detect", "--json", cwd=tmp_path).data["services"] == []


@pytest.mark.parametrize(("name", "what"), [("missing", "not there"), ("file", "a file")])
def test_what_is_no_directory_is_refused(
    name: str, what: str, tmp_path: Path, run: Backendgen
) -> None:
    (tmp_path / "file").write_text("")
    done = run("detect", name, cwd=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert f"{name} is {what}; name a directory" in done.err


@pytest.mark.parametrize("option", ["--dry-run", "--json", "--quiet", "--no-input", "--debug"])
def test_it_takes_every_option_and_writes_nothing(
    option: str, tmp_path: Path, run: Backendgen
) -> None:
    root = case("express-prisma", tmp_path)
    before = fingerprint(root)
    done = run("detect", option, cwd=root)
    assert done.code == 0
    assert "Express" in done.out
    assert fingerprint(root) == before


# -------------------------------------------------------------------------- new
def test_new_says_what_is_there_and_takes_it_as_default(tmp_path: Path, run: Backendgen) -> None:
    root = tmp_path / "old"
    root.mkdir()
    (root / "requirements.txt").write_text("fastapi\nasyncmy\n")
    done = run("new", "old", "--no-input", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "FastAPI (requirements.txt:1 fastapi)" in done.out
    assert "so the default is framework fastapi, database mysql" in done.out
    assert "database: mysql\n" in (root / "backendgen.yaml").read_text()
    assert (root / "requirements.txt").read_text() == "fastapi\nasyncmy\n"
    assert "--database mysql" in done.out


def test_an_option_is_stronger_than_what_is_there(tmp_path: Path, run: Backendgen) -> None:
    (tmp_path / "requirements.txt").write_text("fastapi\nasyncmy\n")
    done = run("new", ".", "--database", "postgresql", "--no-input", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "database: postgresql\n" in (tmp_path / "backendgen.yaml").read_text()


@pytest.mark.parametrize(("line", "database"), [("", "mysql"), ("database: sqlite\n", "sqlite")])
def test_a_spec_is_stronger_than_what_is_there(
    line: str, database: str, tmp_path: Path, run: Backendgen
) -> None:
    (tmp_path / "spec.yaml").write_text(f"{line}{SPEC}")
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    (tmp_path / "first/requirements.txt").write_text("fastapi\nasyncmy\n")
    done = run("new", "first", "--spec", "spec.yaml", cwd=tmp_path)
    assert done.code == 0, done.err
    made = (tmp_path / "first/backendgen.yaml").read_text()
    assert f"database: {database}\n" in made
    (again,) = [line for line in done.out.splitlines() if line.startswith("  backendgen new ")]
    words = again.replace(" first ", " second ").split()[1:]
    assert run(*words, cwd=tmp_path).code == 0
    assert (tmp_path / "second/backendgen.yaml").read_text() == made


def test_what_cannot_be_generated_is_told_and_not_taken(tmp_path: Path, run: Backendgen) -> None:
    (tmp_path / "package.json").write_text('{"dependencies": {"koa": "2", "mongodb": "6"}}')
    done = run("new", ".", "--no-input", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "Koa and MongoDB cannot be generated by this release" in done.out
    text = (tmp_path / "backendgen.yaml").read_text()
    assert "framework: fastapi\n" in text
    assert "database: sqlite\n" in text


def test_what_is_ambiguous_is_told_and_not_taken(tmp_path: Path, run: Backendgen) -> None:
    (tmp_path / "requirements.txt").write_text("fastapi\nasyncmy\nasyncpg\n")
    done = run("new", ".", "--no-input", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "PostgreSQL (requirements.txt:3 asyncpg) or MySQL or MariaDB" in done.out
    assert "database: sqlite\n" in (tmp_path / "backendgen.yaml").read_text()


def test_what_is_in_the_way_is_refused_after_it_is_told(tmp_path: Path, run: Backendgen) -> None:
    root = case("fastapi-uv", tmp_path)
    before = fingerprint(root)
    done = run("new", ".", "--no-input", cwd=root)
    assert done.code == 1
    assert "FastAPI (pyproject.toml:10 fastapi>=0.110)" in done.out
    assert "pyproject.toml" in done.err
    assert fingerprint(root) == before


def test_new_in_a_directory_of_other_things_says_nothing_of_it(
    tmp_path: Path, run: Backendgen
) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert "already holds" not in run("new", ".", "--no-input", cwd=tmp_path).out
