"""Directories that were not made to be read: nothing hangs, breaks, is run, or leads outside."""

import os
import random
import string
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backendgen.stack import walk
from backendgen.stack.clue import masked, shown
from backendgen.stack.detection import Detection, detect

from .test_cases import CASES, every_evidence, told

MANIFESTS = {
    "pyproject.toml": b'[project]\ndependencies = ["fastapi", "asyncpg"]\n',
    "package.json": b'{"dependencies": {"express": "5"}, "scripts": {"test": "jest"}}',
    "requirements.txt": b"flask==3\nsqlalchemy # via flask\n",
    "setup.py": b'setup(install_requires=["django"])\n',
    "setup.cfg": b"[options]\ninstall_requires =\n  flask\n",
    "Pipfile": b'[packages]\ndjango = "*"\n',
    "settings.py": b'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}\n',
    "app.js": b'const x = require("express")\n// "postgres://a:b@c"\n',
    ".env": b"DATABASE_URL=postgres://a:b@c/d\n",
    "compose.yaml": b"services:\n  db:\n    image: postgres:16\n",
    "alembic.ini": b"[alembic]\nsqlalchemy.url = sqlite:///x.db\n",
    "schema.prisma": b'datasource db {\n  provider = "mysql"\n}\n',
    ".pre-commit-config.yaml": b"repos:\n  - hooks:\n      - id: ruff\n",
    ".copier-answers.yml": b"framework: fastapi\n",
    "drizzle.config.ts": b"export default { dialect: 'sqlite' }\n",
}


def only(root: Path, name: str, content: bytes | str) -> Detection:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return detect(root)


def found(detection: Detection, kind: str) -> list[str]:
    verdicts = [service.verdicts[kind] for service in detection.services]
    return [each.row.name for verdict in verdicts for each in verdict.found]


# --------------------------------------------------------------------- garbage
@pytest.mark.parametrize("name", MANIFESTS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_told(name: str, content: bytes, tmp_path: Path) -> None:
    assert all(line.isprintable() for line in told(only(tmp_path, name, content)))


@pytest.mark.parametrize("name", MANIFESTS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_file_is_read_or_told(name: str, data: st.DataObject, tmp_path: Path) -> None:
    content = MANIFESTS[name]
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    inserted = data.draw(
        st.sampled_from([b"", b"\0", b"\xff", b'"', b"[", b"{", b"\\", b"\n\r", b"'''"])
    )
    detection = only(tmp_path, name, content[:start] + inserted + content[end:])
    for evidence in every_evidence(detection):
        assert str(evidence).isprintable()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_whatever_is_cut_off_the_rest_is_told(case: Path, tmp_path: Path) -> None:
    chance = random.Random(case.name)
    for path in (case / "tree").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            target = tmp_path / path.relative_to(case / "tree")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content[: chance.randint(0, len(content))])
    assert all(line.isprintable() for line in told(detect(tmp_path)))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("package.json", "[" * 100_000),
        ("package.json", '{"a":' * 100_000),
        ("pyproject.toml", "a = " + "[" * 100_000),
        ("pyproject.toml", ".".join("a" * 100_000) + " = 1"),
        ("pyproject.toml", "\n".join(f"[tool.t{number}]" for number in range(30_000))),
        ("pyproject.toml", "a" + " " * 900_000),
        ("settings.py", "DATABASES = " + "(" * 100_000),
        ("settings.py", "DATABASES = " + "-" * 100_000 + "1"),
        ("settings.py", "DATABASES = " + "+".join(["1"] * 20_000)),
        ("app.py", '"""' * 200_001),
        ("app.py", "import " + "a." * 400_000),
        ("app.py", '"\\' * 400_000),
        ("app.js", "'\\" * 400_000),
        ("app.js", "from " * 200_000),
        ("app.js", "/* " * 300_000),
        (".env", "A=x" + " " * 900_000 + "y"),
        (".env", "DATABASE_URL=postgres://" + "a" * 900_000),
        (".env", "DATABASE_URL=" + "postgres://" * 80_000),
        ("alembic.ini", "[alembic]\nsqlalchemy.url" + " " * 900_000),
        ("setup.cfg", "x" + " " * 900_000),
        ("requirements.txt", "a" * 900_000),
        ("requirements.txt", "flask" + "://" * 300_000),
        ("requirements.txt", "flask\n" * 150_000),
        ("compose.yaml", "image: " + "a/" * 400_000),
        (".pre-commit-config.yaml", "- id: " + "-" * 900_000),
        ("schema.prisma", "datasource db {\n provider = " + '"' * 900_000),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_made_to_be_slow_is_not(name: str, content: str, tmp_path: Path) -> None:
    start = time.process_time()
    only(tmp_path, name, content)
    assert time.process_time() - start < 10


def test_every_encoding_of_windows_is_read(tmp_path: Path) -> None:
    text = "# all of it\r\nfastapi==0.115\r\nasyncpg\r\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        root = tmp_path / encoding
        assert found(only(root, "requirements.txt", text.encode(encoding)), "framework") == [
            "fastapi"
        ]
        assert "requirements.txt:2 fastapi==0.115" in "\n".join(told(detect(root)))


def test_crlf_and_tabs_move_no_line(tmp_path: Path) -> None:
    only(
        tmp_path,
        "pyproject.toml",
        '[project]\r\nname = "x"\r\ndependencies = [\r\n\t"flask",\r\n]\r\n',
    )
    detection = only(tmp_path, "package.json", '{\r\n\t"dependencies": {\r\n\t\t"express": "5"}}')
    lines = "\n".join(told(detection))
    assert "pyproject.toml:4 flask" in lines
    assert "package.json:3 express 5" in lines


# ------------------------------------------------------------------------ trees
def test_no_link_is_followed_out_or_round(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    only(outside, "package.json", MANIFESTS["package.json"])
    root.mkdir()
    (root / "loop").symlink_to(root)
    (root / "self.py").symlink_to(root / "self.py")
    (root / "package.json").symlink_to(outside / "package.json")
    (root / "sub").symlink_to(outside)
    assert list(told(detect(root))) == []


def test_a_link_within_is_read(tmp_path: Path) -> None:
    only(tmp_path, "shared.env", MANIFESTS[".env"])
    only(tmp_path, "requirements.txt", "flask")
    (tmp_path / ".env").symlink_to("shared.env")
    assert found(detect(tmp_path), "database") == ["postgresql"]


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "package.json")
    os.mkfifo(tmp_path / "app.py")
    assert list(told(detect(tmp_path))) == []


def test_what_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only(tmp_path, "package.json", "{}")
    only(tmp_path, "closed/package.json", "{}")

    def refuse(path: Path) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    def scan(path: Path) -> "os._ScandirIterator[str]":
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    scandir = os.scandir
    monkeypatch.setattr("backendgen.stack.detection.read", refuse)
    monkeypatch.setattr("os.scandir", scan)
    problems = [str(problem) for problem in detect(tmp_path).problems]
    assert problems == ["package.json: Permission denied", "closed: cannot be listed"]


@pytest.mark.parametrize(
    ("content", "told_of"),
    [(b"\0\1\2", "not a text file"), (b" " * (1 << 20) + b"{}", "larger than 1 MiB")],
)
def test_what_is_no_manifest_is_told(content: bytes, told_of: str, tmp_path: Path) -> None:
    assert [str(each) for each in only(tmp_path, "package.json", content).problems] == [
        f"package.json: {told_of}"
    ]


def test_what_others_wrote_is_not_looked_at(tmp_path: Path) -> None:
    for directory in ("node_modules/x", ".git", "venv", ".tox/py", "dist", "env"):
        only(tmp_path, f"{directory}/package.json", MANIFESTS["package.json"])
    assert found(detect(tmp_path), "framework") == ["express"]
    (tmp_path / "env/pyvenv.cfg").write_text("home = /usr\n")
    assert list(told(detect(tmp_path))) == []


def test_a_huge_tree_is_looked_at_in_part_and_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(tmp_path, "requirements.txt", "flask")
    for number in range(60):
        only(tmp_path, f"data/{number}/file.txt", "")
    monkeypatch.setattr(walk, "MOST_ENTRIES", 50)
    detection = detect(tmp_path)
    assert found(detection, "framework") == ["flask"]
    assert detection.limits == ["the directory is large: its first 1 files were looked at"]


def test_a_deep_tree_ends(tmp_path: Path) -> None:
    deep = "/".join(["d"] * 40)
    detection = only(tmp_path, f"{deep}/package.json", MANIFESTS["package.json"])
    assert detection.services == []
    assert detection.limits


def test_of_much_code_a_part_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in string.ascii_lowercase:
        only(tmp_path, f"{name}.py", "")
    monkeypatch.setattr("backendgen.stack.detection.MOST_CODE", 5)
    assert detect(tmp_path).limits == ["of 26 files of code 5 were read"]


def test_nothing_is_run(tmp_path: Path) -> None:
    code = f"open({str(tmp_path / 'ran')!r}, 'w')\nDATABASES = {{}}\nimport django\n"
    for name in ("setup.py", "settings.py", "manage.py", "conftest.py", "app.py"):
        only(tmp_path, name, code)
    assert not (tmp_path / "ran").exists()


def test_names_that_a_terminal_would_obey_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    only(tmp_path, "\x1b[31mred\n/requirements.txt", "flask \x1b[2J")
    only(tmp_path, os.fsdecode(b"\xff\xfe") + "/requirements.txt", "django")
    lines = list(told(detect(tmp_path)))
    assert any("red" in line for line in lines)
    assert all(line.isprintable() for line in lines)


# ---------------------------------------------------------------------- secrets
@given(
    user=st.text(string.ascii_letters, min_size=1, max_size=8),
    password=st.text(string.printable, min_size=1, max_size=20).filter(
        lambda text: not {"\n", "\r", "\x0b", "\x0c"} & set(text)
    ),
    tail=st.sampled_from(["", "/shop", ":5432/shop", "/shop?sslmode=require"]),
)
def test_a_password_is_masked_whatever_is_in_it(user: str, password: str, tail: str) -> None:
    url = masked(f"postgres://{user}:{password}@database.example.com{tail}")
    assert url.rstrip("…") in f"postgres://***@database.example.com{tail}"


def test_credentials_are_masked_in_any_text_of_any_length() -> None:
    assert shown("x git+https://token@host/x") == "x git+https://***@host/x"
    assert "secret" not in shown("x git+https://secret" + "y" * 5000 + "@host")
    assert "secret" not in masked("postgres://secret:" + "y" * 5000 + "@host")
