"""Random and hostile spec files and command lines: few are valid, and some nearly."""

import json
import os
from collections.abc import Iterator, Sequence
from typing import Any

import yaml
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from backendgen.cli.table import COMMANDS
from tests.fuzz.hostile import HOSTILE_TEXTS
from tests.migrations.project import ROOT

EXAMPLES = tuple(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.yaml"))
)

PATHS = (
    *(
        "../../x",
        "..",
        ".",
        "/",
        "~",
        "a/../../b",
        "..\\..\\x",
        "/dev/null",
        "/proc/self/mem",
        "C:\\x",
    ),
    *(
        "con",
        "a\0b",
        "-",
        "--",
        "*",
        "$(touch x)",
        "`touch x`",
        "; touch x",
        "| touch x",
        "%2e%2e%2f",
    ),
)
BROKEN_YAML = (
    *(
        "&a [*a, *a]",
        "*a",
        "<<: *a",
        "!!python/object/apply:os.system [id]",
        "!x y",
        "%YAML 9.9\n---",
    ),
    *(
        "\0",
        "\x1b[2J",
        "\u202e",
        "\ufeff",
        "\u2028",
        "\x85",
        "\t",
        "\r",
        "--- a\n--- b",
        "...",
        "?",
        ": :",
    ),
    *(
        "[" * 5000,
        "{a: " * 3000,
        "- " * 5000,
        '"',
        "'",
        "|",
        ">",
        "|9",
        "@",
        "`",
        "%",
        "#",
        "{",
        "}",
        "]",
    ),
    *(
        "9" * 5000,
        "-" * 300,
        "1e999999999",
        "0x" + "f" * 400,
        ".inf",
        ".nan",
        "0o777",
        "12:30:45",
        "~",
    ),
    *(
        "a" * 100_000,
        "x: &x {y: *x}",
        "? [a, b]\n: c",
        "{a, b, c}",
        "\\",
        '"\\ud800"',
        '"\\x00"',
        '"\\u0085"',
    ),
)
WORDS = (
    *(
        "title:string",
        "x:string:default=",
        "a:",
        ":",
        "::::",
        "a:enum:",
        "a:enum:a",
        "a:ref:Post:cascade",
    ),
    *(
        "a:string:" + "9" * 400,
        "a:int:min=" + "9" * 400,
        "a:decimal:18,99",
        "a:float:default=1e999",
    ),
    *(
        "a:string:pattern=(a+)+$",
        "a:string:pattern=[",
        "a:string:pattern=" + "(" * 200,
        "a" * 10_000,
    ),
    *(
        "a:string:pattern=^(?=x)",
        "Post",
        "User",
        "post",
        "Sheep",
        "../../X",
        "a\nb:string",
        "\udc80",
        "é:int",
    ),
)
OPTIONS = (
    *(
        "--json",
        "--quiet",
        "--no-input",
        "--dry-run",
        "--debug",
        "--yes",
        "--help",
        "--version",
        "--erd",
    ),
    *("--spec", "--framework", "--database", "--auth", "--name", "--resource", "--id", "--access"),
    *(
        "--unique",
        "--indexes",
        "--search",
        "--plural",
        "--table",
        "--sql",
        "--description",
        "--nonsense",
    ),
    *(
        "--json=1",
        "--id=serial",
        "--access=list=public",
        "-x",
        "-",
        "--",
        "--=",
        "--spec=spec.yaml",
    ),
    *(
        "--resource=A a:int",
        "--resource=A 'a",
        "--access=list",
        "--unique=a,,b",
        "--database=mysql",
    ),
)


def hostile_texts() -> SearchStrategy[str]:
    return st.sampled_from([*HOSTILE_TEXTS, *PATHS, *BROKEN_YAML]) | st.text(max_size=40)


def anything() -> SearchStrategy[Any]:
    return (
        hostile_texts()
        | st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.lists(hostile_texts(), max_size=3)
        | st.dictionaries(hostile_texts(), hostile_texts(), max_size=3)
    )


@st.composite
def replaced(draw: DrawFn) -> Any:
    """An example with a few of its keys or values replaced, so that no first refusal hides the others."""
    document = yaml.safe_load(draw(st.sampled_from(EXAMPLES)))
    for _ in range(draw(st.integers(1, 3))):
        mapping, key = draw(st.sampled_from([*entries(document)]))
        value = mapping.pop(key)
        if draw(st.booleans()):
            mapping[key] = draw(anything())
        else:
            mapping[draw(hostile_texts())] = value
    return document


def entries(part: Any) -> Iterator[tuple[dict[Any, Any], Any]]:
    """Every mapping within, with each of its keys."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield part, key
            yield from entries(value)


@st.composite
def spliced(draw: DrawFn) -> str:
    """An example with something broken in the middle, or with a piece cut out."""
    text = draw(st.sampled_from(EXAMPLES))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 30)))
    return text[:start] + draw(st.sampled_from(BROKEN_YAML) | hostile_texts()) + text[end:]


def spec_files() -> SearchStrategy[bytes]:
    documents = replaced()
    return (
        st.binary(max_size=300)
        | spliced().map(encoded)
        | documents.map(lambda document: encoded(json.dumps(document)))
        | documents.map(lambda document: encoded(json.dumps(document, ensure_ascii=False)))
    )


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def command_lines() -> SearchStrategy[Sequence[str]]:
    """No word leads out of the sandbox: where `new` shall make a project is the user's to say."""
    commands = st.sampled_from([[], *(each.words.split() for each in COMMANDS)])
    word = st.sampled_from([*WORDS, *OPTIONS]) | hostile_texts().filter(stays)
    return st.builds(
        lambda first, rest: [*first, *rest],
        commands,
        st.lists(word.map(lambda text: text[:100_000]), max_size=6),
    )


def stays(word: str) -> bool:
    return not word.startswith(("/", "~")) and ".." not in word.replace("../../x", "")


def is_argument(word: str) -> bool:
    """Whether an operating system can hand it to a process."""
    try:
        return b"\0" not in os.fsencode(word) and len(word) < LONGEST_ARGUMENT
    except UnicodeEncodeError:
        return False


LONGEST_ARGUMENT = 100_000
