"""Patterns that three languages read alike, and the samples that are drawn from them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendgen.spec.model import Field
from backendgen.spec.patterns import check_pattern, portable
from backendgen.spec.samples import accepts, counterexample, matches, samples

PORTABLE = {
    r"^[A-Z]{2}-[0-9]+$": r"^[A-Z]{2}-[0-9]+$",
    r"^\d{4}$": r"^[0-9]{4}$",
    r"^\w+\s?\w+$": r"^[0-9A-Za-z_]+[ \t\n\r\f\v]?[0-9A-Za-z_]+$",
    r"[\d.]x": r"[0-9.]x",
    r"\D\W": r"[^0-9][^0-9A-Za-z_]",
    r"(?:ab|cd){2,3}": r"(?:ab|cd){2,3}",
    r"a*?b+?c??": r"a*?b+?c??",
    r"[$^a-]": r"[\$^a-]",
    r"\.\/\u00e9\x41": r"\.\/\u00e9\x41",
}


@pytest.mark.parametrize(("pattern", "spelled"), PORTABLE.items())
def test_a_pattern_that_means_the_same_everywhere(pattern: str, spelled: str) -> None:
    assert check_pattern(pattern) is None
    assert portable(pattern) == spelled


UNPORTABLE = [
    *("(?=a)", "(?!a)", "(?<=a)", "(?P<n>a)", "(?<n>a)", "(?i)a", r"(a)\1", r"\bword\b", r"\Aa\Z"),
    *(
        r"\p{L}",
        "a++",
        "(a+)+",
        "(a*)*",
        "(a{2,5})+",
        "a{1001}",
        "a{3,2}",
        "*a",
        "a**",
        "^*",
        "{2}",
    ),
    *("(a", "a)", "[a", "[]", "[a&&b]", "[[a]]", r"[\D]", "[z-a]", "a]", "a}", 'a"b', "a'b", "a\\"),
    *("a\nb", "a" * 301, "x(?#comment)", "(a|b", r"\é"),
]


@pytest.mark.parametrize("pattern", UNPORTABLE)
def test_a_pattern_that_does_not(pattern: str) -> None:
    problem = check_pattern(pattern)
    assert problem is not None
    assert check_pattern(problem[1]) is None


@given(st.text(max_size=30))
def test_any_text_is_a_pattern_or_is_refused(pattern: str) -> None:
    if check_pattern(pattern) is None:
        re.compile(portable(pattern))
        assert portable(portable(pattern)) == portable(pattern)


def test_the_end_is_the_very_end() -> None:
    field = Field("code", "string", length=20, pattern="^[a-z]+$")
    assert matches(field, "abc")
    assert not matches(field, "abc\n")


SAMPLED = [
    Field("code", "string", length=20, pattern="^[A-Z]{2}-[0-9]+$"),
    Field("code", "string", length=5, pattern="^[a-z]+$"),
    Field("code", "string", length=200, min_length=80, pattern="^[a-z ]+$"),
    Field("code", "text", pattern="^(red|green)$"),
    Field("code", "string", length=4, pattern="[^a-z]"),
    Field("code", "string", length=64, pattern="^[0-9a-f]{64}$"),
    Field("code", "string", length=40, pattern=r"^.{40}$"),
    Field("code", "string", length=10, pattern=r"^(\d{3}) ?\d{4}$"),
    Field("a", "string", length=1),
    Field("a", "string", length=9, min_length=9),
    Field("a", "int", min=5, max=6),
    Field("a", "int", max=-2147483647),
    Field("a", "bigint", min=9223372036854775806),
    Field("a", "float", min=0.1, max=0.2),
    Field("a", "float", min=100),
    Field("a", "decimal", precision=2, scale=2),
    Field("a", "decimal", precision=1, scale=0),
    Field("a", "decimal", precision=18, scale=18),
    Field("a", "enum", values=("one", "two")),
    Field("a", "bool"),
]


@pytest.mark.parametrize("field", SAMPLED, ids=lambda field: f"{field.type}-{field.pattern}")
def test_two_samples_that_every_rule_allows(field: Field) -> None:
    first, second = samples(field)
    assert first != second
    assert accepts(field, first)
    assert accepts(field, second)
    assert samples(field) == (first, second)


@pytest.mark.parametrize("field", [field for field in SAMPLED if field.pattern], ids=str)
def test_a_counterexample_breaks_the_pattern_alone(field: Field) -> None:
    text = counterexample(field)
    assert text is not None
    assert not matches(field, text)
    assert (field.min_length or 0) <= len(text) <= (field.length or len(text))


def test_samples_are_the_same_on_every_machine() -> None:
    assert samples(SAMPLED[0]) == ("DI-30306", "CV-855652")
