"""The wizard, in a real pseudo-terminal of 80 columns."""

import re
import shlex
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pexpect
import pytest

from .conftest import Backendgen
from .test_new import content

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]")
ENTER, ESC, CTRL_C, CTRL_U, DOWN = "\r", "\x1b", "\x03", "\x15", "\x1b[B"
READY = "(empty: that is all)"
RIGHT = "Is this right?"


class Terminal:
    """What a person types, and what they have seen by then."""

    def __init__(self, child: "pexpect.spawn[str]") -> None:
        self.child = child
        self.seen = ""

    def sees(self, text: str) -> None:
        """Waits for a text; words may be broken into lines and colours anywhere."""
        pattern = r"(?:\s|\x1b\[[0-9;?]*[A-Za-z])+".join(map(re.escape, text.split()))
        self.child.expect(pattern)
        self.seen += f"{self.child.before}{self.child.after}"

    def types(self, text: str) -> None:
        self.child.send(text)

    def answers(self, asked: str, text: str = "") -> None:
        self.sees(asked)
        self.types(text + ENTER)

    def chooses(self, asked: str, downwards: int = 0) -> None:
        # The hint goes when the choice is made, so that an answered question is not taken for one.
        self.answers(f"{asked} (Use arrow keys)", DOWN * downwards)

    def ends(self) -> int:
        self.child.expect(pexpect.EOF)
        self.seen += str(self.child.before)
        self.child.close()
        return int(self.child.exitstatus or 0)

    @property
    def screen(self) -> str:
        return ESCAPE.sub("", self.seen).replace("\r", "")

    def settings(self) -> None:
        """Takes every setting as it is offered, but for the name."""
        self.answers("What is the project called?", "shop")
        self.answers("What is it for")
        self.chooses("Which framework?")
        self.chooses("Which database?")
        self.chooses("How do users log in?")


@pytest.fixture
def terminal(tmp_path: Path, environment: Mapping[str, str]) -> Iterator[Terminal]:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "backendgen", "new"],
        cwd=str(tmp_path),
        # Nothing here tells the wizard where the cursor is, and it would wait a second each time.
        env={**environment, "PROMPT_TOOLKIT_NO_CPR": "1"},
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=60,
    )
    yield Terminal(child)
    child.close(force=True)


def test_it_ends_with_a_line_that_makes_the_same_bytes(
    terminal: Terminal, tmp_path: Path, run: Backendgen
) -> None:
    terminal.answers("What is the project called?", "my-shop")
    terminal.answers("What is it for", "What's sold: all")
    terminal.chooses("Which framework?")
    terminal.chooses("Which database?", 1)
    terminal.chooses("How do users log in?")
    terminal.answers("Resource", "Post")
    terminal.answers("Post, field 1", "title:string:200:index")
    terminal.answers("Post, field 2", "author:ref:Author:cascade")
    terminal.answers("Post, field 3")
    terminal.answers("Author, field 1", "name: string:120")
    terminal.answers("Author, field 2")
    terminal.answers(READY)
    terminal.chooses(RIGHT)
    assert terminal.ends() == 0
    (line,) = re.findall(r"  backendgen new .*", terminal.screen)
    (tmp_path / "elsewhere").mkdir()
    done = run(*shlex.split(line)[1:], cwd=tmp_path / "elsewhere")
    assert done.code == 0, done.err
    assert content(tmp_path / "my-shop") == content(tmp_path / "elsewhere/my-shop")
    assert "database: postgresql\n" in (tmp_path / "my-shop/backendgen.yaml").read_text()


@pytest.mark.parametrize("question", range(7))
def test_ctrl_c_leaves_and_writes_nothing(
    question: int, terminal: Terminal, tmp_path: Path
) -> None:
    asked = [
        "the project called?",
        "is it for",
        "Which framework?",
        "Which database?",
        "users log in?",
        "Resource",
    ]
    for text in asked[:question]:
        terminal.answers(text, "Post" if text == "Resource" else "")
    terminal.sees([*asked, "Post, field 1"][question])
    terminal.types(CTRL_C)
    assert terminal.ends() == 1
    assert "nothing was written" in terminal.screen
    assert "Traceback" not in terminal.screen
    assert list(tmp_path.iterdir()) == []


def test_what_the_grammar_refuses_is_said_at_once_and_can_be_corrected(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.answers("the project called?", "My Shop")
    terminal.sees("for example: my-shop")
    terminal.answers("the project called?", CTRL_U + "shop")
    terminal.answers("is it for")
    terminal.chooses("Which framework?")
    terminal.chooses("Which database?")
    terminal.chooses("users log in?")
    terminal.answers("Resource", "post")
    terminal.sees("write: Post")
    terminal.answers("Resource", CTRL_U + "Post")
    terminal.answers("Post, field 1", "title:strng")
    terminal.sees("did you mean `string`?; write: title:string")
    terminal.answers("Post, field 1", CTRL_U + "?")
    terminal.sees("enum:draft,published")
    terminal.answers("Post, field 1", "title:string")
    terminal.answers("Post, field 2", "title:text")
    terminal.sees("title")
    terminal.answers("Post, field 2", CTRL_U)
    terminal.answers(READY)
    terminal.chooses(RIGHT)
    assert terminal.ends() == 0
    text = (tmp_path / "shop/backendgen.yaml").read_text()
    assert text.endswith("resources:\n  Post:\n    fields:\n      title: string\n")


def test_esc_goes_back(terminal: Terminal, tmp_path: Path) -> None:
    terminal.answers("the project called?", "wrong")
    terminal.sees("is it for")
    terminal.types(ESC)
    terminal.answers("the project called?", "shop")
    terminal.answers("is it for")
    terminal.chooses("Which framework?")
    terminal.chooses("Which database?")
    terminal.chooses("users log in?")
    terminal.sees("Resource")
    terminal.types(ESC)
    terminal.chooses("users log in?")
    terminal.answers("Resource", "Post")
    terminal.answers("Post, field 1", "title:text")
    terminal.sees("Post, field 2")
    terminal.types(ESC)
    terminal.answers("Post, field 1", CTRL_U + "title:string")
    terminal.answers("Post, field 2")
    terminal.answers(READY)
    terminal.chooses(RIGHT)
    assert terminal.ends() == 0
    text = (tmp_path / "shop/backendgen.yaml").read_text()
    assert text.startswith("# yaml-language-server")
    assert "name: shop\n" in text
    assert "title: string\n" in text


def test_everything_can_be_changed_before_it_is_made(terminal: Terminal, tmp_path: Path) -> None:
    terminal.settings()
    terminal.answers("Resource", "Post")
    terminal.answers("Post, field 1", "title:text")
    terminal.answers("Post, field 2")
    terminal.answers(READY)
    terminal.chooses(RIGHT, 2)
    terminal.chooses("Change which resource?")
    terminal.answers("Fields of Post", CTRL_U + "title:string body:text")
    terminal.chooses(RIGHT, 1)
    terminal.answers(READY, "Tag")
    terminal.answers("Tag, field 1", "name:string")
    terminal.answers("Tag, field 2")
    terminal.answers(READY)
    terminal.chooses(RIGHT, 4)
    terminal.chooses("Change which setting?", 3)
    terminal.chooses("Which database?", 2)
    terminal.chooses(RIGHT, 3)
    terminal.chooses("Remove which resource?", 1)
    terminal.chooses(RIGHT)
    assert terminal.ends() == 0
    text = (tmp_path / "shop/backendgen.yaml").read_text()
    assert "database: mysql\n" in text
    assert text.endswith("  Post:\n    fields:\n      title: string\n      body: text\n")


def test_leaving_at_the_end_writes_nothing(terminal: Terminal, tmp_path: Path) -> None:
    terminal.settings()
    terminal.answers("Resource")
    terminal.sees(RIGHT)
    terminal.types(DOWN * 3 + ENTER)
    assert terminal.ends() == 1
    assert list(tmp_path.iterdir()) == []


def test_what_a_directory_holds_is_offered(environment: Mapping[str, str], tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("fastapi\nasyncpg\n")
    child = pexpect.spawn(
        sys.executable,
        ["-m", "backendgen", "new", "."],
        cwd=str(tmp_path),
        env={**environment, "PROMPT_TOOLKIT_NO_CPR": "1"},
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=60,
    )
    terminal = Terminal(child)
    terminal.sees("PostgreSQL (requirements.txt:2 asyncpg)")
    terminal.settings()
    terminal.answers("Resource")
    terminal.chooses(RIGHT)
    assert terminal.ends() == 0
    assert "database: postgresql\n" in (tmp_path / "backendgen.yaml").read_text()
