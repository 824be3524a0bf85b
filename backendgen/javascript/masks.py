"""Jinja's tags, hidden from a parser of TypeScript: each becomes a name or a comment of its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

TAG = re.compile(r"\{%-? macro .*?\{%-? endmacro -?%\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
NUMBER = r"TAG\d+"
MASK = re.compile(rf"(?:/\*)?(?P<number>{NUMBER})(?:\*/|_)")
BRACED = re.compile(rf"(?P<before>\{{?){MASK.pattern}(?P<after>\}}?)")
# What is included is converted as well.
INCLUDED = (("/_shared/express/", "/_shared/express-javascript/"), ('.ts"', '.js"'))


@dataclass(frozen=True)
class Masked:
    text: str
    tags: Mapping[str, str]
    """By the number in their masks."""

    def line(self, offset: int) -> int:
        """The line of the template that a place in the masked text comes from."""
        before = self.text.encode()[:offset].decode()
        return unmasked(before, self.tags).count("\n") + 1

    def is_conditional(self, offset: int) -> bool:
        """Whether a tag decides what is said at a place."""
        before = self.text.encode()[:offset].decode()
        tags = [self.tags[match["number"]] for match in MASK.finditer(before)]
        opened = sum(bool(re.match(r"\{%-? if ", tag)) for tag in tags)
        return opened > sum(bool(re.match(r"\{%-? endif ", tag)) for tag in tags)


def masked(template: str) -> Masked:
    tags: dict[str, str] = {}
    masks: dict[str, str] = {}

    def mask(match: re.Match[str]) -> str:
        tag = match[0]
        if tag not in masks:
            number = f"TAG{len(masks)}"
            is_text = tag.startswith("{{") and not tag.startswith("{{-")
            masks[tag] = f"{number}_" if is_text else f"/*{number}*/"
            tags[number] = tag
        return masks[tag] if masks[tag].startswith("/*") else head(match, masks[tag])

    return Masked(TAG.sub(mask, template), tags)


def head(match: re.Match[str], name: str) -> str:
    """A tag before ` {` writes the head of a function, or where it is indented that of a method."""
    if not match.string.startswith(" {\n", match.end()):
        return name
    start = match.string.rfind("\n", 0, match.start()) + 1
    before = match.string[start : match.start()]
    if before.strip():
        return name
    return f"{name}()" if before else f"function {name}()"


def unmasked(text: str, tags: Mapping[str, str]) -> str:
    text = re.sub(r"function (TAG\d+_)\(\)|(?<=\n  )(TAG\d+_)\(\)(?= \{\n)", r"\1\2", text)
    return BRACED.sub(lambda match: tagged(match, moved(tags[match["number"]])), text)


def tagged(match: re.Match[str], tag: str) -> str:
    """Jinja takes a brace beside a tag for one of the tag's own."""
    before, after = match["before"], match["after"]
    if not (before or after) or not tag.startswith("{{ "):
        return f"{before}{tag}{after}"
    text = f"({tag[3:-3]})"
    text = f'"{before}" ~ {text}' if before else text
    text = f'{text} ~ "{after}"' if after else text
    return f"{{{{ {text} }}}}"


def moved(tag: str) -> str:
    for before, after in INCLUDED:
        tag = tag.replace(before, after)
    return tag


def is_mask(line: str) -> bool:
    return MASK.fullmatch(line) is not None


def in_comment(mask: str) -> str:
    """A comment cannot hold another."""
    return MASK.sub(r"\g<number>_", mask)
