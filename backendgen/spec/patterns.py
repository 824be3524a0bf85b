"""The part of regular expressions that Python, JavaScript and Rust read alike.

`\\d`, `\\w` and `\\s` are in all three but mean Unicode in some and ASCII in others, so that the
answers hold them spelled out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from backendgen.spec.document import is_control

SYNTAX = "^$\\.*+?()[]{}|/"
SHORTHANDS = {"d": "0-9", "w": "0-9A-Za-z_", "s": " \\t\\n\\r\\f\\v"}
CONTROLS = "tnrfv"
QUANTIFIER = re.compile(r"[*+?]|\{(?P<least>[0-9]{1,6})(?P<comma>,(?P<most>[0-9]{1,6})?)?\}")
GROUP = re.compile(r"\((\?:)?")
CODE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})")
MOST_REPEATS = 1000
LONGEST_PATTERN = 300


class Unportable(ValueError):
    """What no pattern of a spec can hold, and a pattern that does without."""

    def __init__(self, message: str, instead: str = "^[A-Z]{3}$") -> None:
        super().__init__(message)
        self.message = message
        self.instead = instead


@dataclass
class Group:
    """An open bracket: whether something in it repeats without a bound, or anything is in it."""

    repeats: bool = False
    filled: bool = False


def check_pattern(pattern: str) -> tuple[str, str] | None:
    """What keeps a pattern from being used, and one that could be; None where nothing does."""
    try:
        re.compile(portable(pattern))
    except Unportable as error:
        return error.message, error.instead
    except (re.error, OverflowError, RecursionError):
        return "the pattern is not a regular expression", "^[A-Z]{3}$"
    return None


def portable(pattern: str) -> str:
    """The pattern with its shorthands spelled out; Unportable where it cannot be."""
    if len(pattern) > LONGEST_PATTERN:
        raise Unportable(f"the pattern is longer than {LONGEST_PATTERN} characters")
    for character in pattern:
        if character in "\"'" or is_control(character):
            told = f"U+{ord(character):04X}" if character.isspace() else character
            raise Unportable(f"a pattern cannot hold {told}: it stands in string literals")
    return "".join(Scanner(pattern).tokens())


class Scanner:
    """Walks a pattern once; each token that it yields means the same in the three languages."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.open: list[Group] = [Group()]

    def tokens(self) -> Iterator[str]:
        while self.at < len(self.pattern):
            yield self.token(self.pattern[self.at])
        if len(self.open) > 1:
            raise Unportable("the pattern has an open bracket without its end")

    def take(self, length: int) -> str:
        text = self.pattern[self.at : self.at + length]
        self.at += length
        return text

    def token(self, first: str) -> str:
        if first == "(":
            return self.group()
        if first == ")":
            return self.end_of_group()
        if first == "|":
            return self.take(1)
        if first in "^$":
            return self.anchor()
        if first in "*+?{}":
            raise Unportable(
                f"`{first}` repeats nothing, or a second time; write \\{first} for itself"
            )
        return self.repeated(self.atom(first), Group())

    def anchor(self) -> str:
        text = self.take(1)
        if QUANTIFIER.match(self.pattern, self.at):
            raise Unportable(f"`{text}` cannot be repeated")
        return text

    def group(self) -> str:
        match = GROUP.match(self.pattern, self.at)
        opening = match.group() if match else "("
        if self.pattern.startswith("(?", self.at) and opening == "(":
            kind = self.pattern[self.at : self.at + 3]
            raise Unportable(f"`{kind}` is not in every language; of groups there are ( and (?:")
        self.open.append(Group())
        return self.take(len(opening))

    def end_of_group(self) -> str:
        if len(self.open) == 1:
            raise Unportable("the pattern has a `)` without its beginning")
        group = self.open.pop()
        self.open[-1].repeats |= group.repeats
        return self.repeated(self.take(1), group)

    def repeated(self, text: str, group: Group) -> str:
        match = QUANTIFIER.match(self.pattern, self.at)
        if not match:
            return text
        unbounded = self.check_quantifier(match)
        if unbounded and group.repeats:
            raise Unportable("a repetition within a repetition can take for ever to fail")
        self.open[-1].repeats |= unbounded
        text += self.take(len(match.group()))
        if self.pattern.startswith("?", self.at):
            text += self.take(1)
        return text

    def check_quantifier(self, match: re.Match[str]) -> bool:
        """Whether it repeats so often that two of it, nested, are too many."""
        least, most = int(match["least"] or 0), int(match["most"] or match["least"] or 0)
        if max(least, most) > MOST_REPEATS:
            raise Unportable(f"a pattern repeats at most {MOST_REPEATS} times")
        if match["most"] and most < least:
            raise Unportable(f"`{match.group()}` asks for more than it allows")
        endless = match.group() in {"*", "+"} or (match["comma"] and not match["most"])
        return bool(endless) or most > 1

    def atom(self, first: str) -> str:
        if first == "[":
            return self.character_class()
        if first == "]":
            raise Unportable("`]` ends nothing; write \\] for itself")
        return self.escape(within="") if first == "\\" else self.take(1)

    def escape(self, within: str) -> str:
        """An escape; `within` a class a shorthand needs no brackets of its own."""
        if code := CODE.match(self.pattern, self.at):
            return self.take(len(code.group()))
        letter = self.pattern[self.at + 1 : self.at + 2]
        self.take(2)
        if letter in SHORTHANDS:
            return SHORTHANDS[letter] if within else f"[{SHORTHANDS[letter]}]"
        if letter.lower() in SHORTHANDS and letter and not within:
            return f"[^{SHORTHANDS[letter.lower()]}]"
        if letter and letter in SYNTAX + CONTROLS + ("-" if within else ""):
            return f"\\{letter}"
        raise Unportable(f"the escape `\\{letter}` is not in every language")

    def character_class(self) -> str:
        text = self.take(2 if self.pattern.startswith("[^", self.at) else 1)
        inside = ""
        while not self.pattern.startswith("]", self.at):
            inside += self.class_member()
        if not inside:
            raise Unportable("an empty class `[]` is not in every language")
        return text + inside + self.take(1)

    def class_member(self) -> str:
        first = self.pattern[self.at : self.at + 1]
        if not first:
            raise Unportable("the pattern has an open bracket without its end")
        if first == "[":
            raise Unportable("`[` within a class; write \\[ for itself")
        if self.pattern[self.at : self.at + 2] in {"&&", "--", "~~"}:
            raise Unportable(f"`{first}{first}` within a class is an operation in Rust")
        if first == "$":
            return f"\\{self.take(1)}"
        return self.escape(within="[") if first == "\\" else self.take(1)
