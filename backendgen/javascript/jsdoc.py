"""JSDoc, which tells in comments what TypeScript tells in the code."""

import re
from collections.abc import Sequence

from backendgen.javascript.masks import is_mask


def block(indent: str, text: Sequence[str], tags: Sequence[str]) -> str:
    """A comment with the indent of its later lines; a mask of Jinja's stands by itself."""
    lines = [*text, *([""] if text and tags else []), *tags]
    if len(lines) == 1:
        return f"/** {lines[0]} */"
    rows = [line if is_mask(line) else f"{indent} * {line}".rstrip() for line in lines]
    return "\n".join(["/**", *rows, f"{indent} */"])


def text_of(comment: str) -> list[str]:
    """The lines of a doc comment."""
    inner = comment.removeprefix("/**").removesuffix("*/")
    lines = [re.sub(r"^\s*\* ?", "", line).rstrip() for line in inner.strip().split("\n")]
    return [lines[0].strip(), *lines[1:]]


def flat(type_: str) -> str:
    """A type on one line."""
    line = " ".join(type_.split())
    line = re.sub(r"^\| |(?<=[(<]) | (?=[)>])|;(?= \})", "", line)
    return re.sub(r",(?=[)>\]])", "", line)


def braced(type_: str) -> str:
    return "{" + flat(type_) + "}"
