"""Every spelling of a name, computed once: nothing after this changes case or number."""

import hashlib
import re
from collections.abc import Sequence
from typing import TypedDict

import inflection

LONGEST_IDENTIFIER = 60
"""PostgreSQL cuts an identifier at 63 bytes, MySQL refuses one past 64."""

WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z][A-Z0-9]*")

IRREGULAR = {
    "abdomen": "abdomens",
    "alias": "aliases",
    "appendix": "appendices",
    "atlas": "atlases",
    "bias": "biases",
    "bonus": "bonuses",
    "campus": "campuses",
    "canvas": "canvases",
    "census": "censuses",
    "corpus": "corpora",
    "criterion": "criteria",
    "foot": "feet",
    "gas": "gases",
    "gps": "gpses",
    "half": "halves",
    "hero": "heroes",
    "leaf": "leaves",
    "lens": "lenses",
    "omen": "omens",
    "phenomenon": "phenomena",
    "regimen": "regimens",
    "shelf": "shelves",
    "sms": "smses",
    "specimen": "specimens",
    "thesis": "theses",
    "tooth": "teeth",
    "virus": "viruses",
    "yes": "yeses",
}
"""Where the library, which has Rails' rules, is not English."""
SINGULAR = {plural: singular for singular, plural in IRREGULAR.items()}


class Names(TypedDict):
    """The spellings of a resource's name."""

    pascal: str
    pascal_plural: str
    snake: str
    snake_plural: str
    camel: str
    camel_plural: str
    kebab: str
    kebab_plural: str
    constant: str
    label: str
    label_plural: str
    title: str
    title_plural: str
    table: str


class FieldNames(TypedDict):
    """The spellings of a field's name."""

    snake: str
    camel: str
    pascal: str
    constant: str
    label: str
    kebab: str


def words(name: str) -> tuple[str, ...]:
    """`BlogPost`, `blog_post` and `blog-post` are the words blog and post; `APIKey` is api and key."""
    return tuple(word.lower() for part in re.split(r"[_-]", name) for word in WORD.findall(part))


def snake(name: str) -> str:
    return "_".join(words(name))


def pascal(name: str) -> str:
    return "".join(word.capitalize() for word in words(name))


def camel(name: str) -> str:
    whole = pascal(name)
    return whole[:1].lower() + whole[1:]


def label(name: str) -> str:
    return " ".join(words(name))


def title(name: str) -> str:
    return label(name).capitalize()


def plural(name: str) -> str:
    """The plural of a snake_case name: that of its last word."""
    head, _, last = name.rpartition("_")
    return f"{head}_" * bool(head) + (IRREGULAR.get(last) or inflection.pluralize(last))


def singular(name: str) -> str:
    """The singular of a snake_case name, which may be the name itself."""
    head, _, last = name.rpartition("_")
    return f"{head}_" * bool(head) + _singular_word(last)


def _singular_word(word: str) -> str:
    if word in IRREGULAR:
        return word
    return SINGULAR.get(word) or inflection.singularize(word)


def is_plural(name: str) -> bool:
    """`posts` is, `address` is not, and neither is what has one form for both, as `sheep`."""
    one = singular(name)
    return one != name and plural(one) == name


def names_of(name: str, many: str | None = None, table: str | None = None) -> Names:
    """The spellings of resource `name`; `many` and `table` override what is computed."""
    one = snake(name)
    more = many or plural(one)
    return Names(
        pascal=name,
        pascal_plural=pascal(more),
        snake=one,
        snake_plural=more,
        camel=camel(name),
        camel_plural=camel(more),
        kebab=one.replace("_", "-"),
        kebab_plural=more.replace("_", "-"),
        constant=one.upper(),
        label=label(name),
        label_plural=label(more),
        title=title(name),
        title_plural=title(more),
        table=table or more,
    )


def field_names_of(name: str) -> FieldNames:
    return FieldNames(
        snake=name,
        camel=camel(name),
        pascal=pascal(name),
        constant=name.upper(),
        label=label(name),
        kebab=name.replace("_", "-"),
    )


def key_of(name: str, kind: str) -> str:
    """The JSON key of a field: a relation is told by the ids that it holds."""
    if kind == "ref":
        return f"{name}_id"
    return f"{singular(name)}_ids" if kind == "many" else name


def identifier(*parts: str) -> str:
    """Parts joined to a database identifier, cut with a hash where it would be too long."""
    whole = "_".join(parts)
    return whole if len(whole) <= LONGEST_IDENTIFIER else shortened(whole, parts)


def shortened(whole: str, parts: Sequence[str]) -> str:
    """The hash is of the parts, so that (`a_b`, `c`) and (`a`, `b_c`) stay two names."""
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]
    return f"{whole[: LONGEST_IDENTIFIER - 9]}_{digest}"
