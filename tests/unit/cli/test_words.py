"""A problem of a word is told of that word, whatever quotes its name needed on the way."""

import pytest

from backendgen.cli.resource import with_resource
from backendgen.errors import SpecError

SPEC = "name: shop\nresources:\n  Post:\n    fields:\n      title: string\n"


@pytest.mark.parametrize(
    ("word", "told"),
    {
        "\\\x9a": "argument 3: column 4: the control character U+009A",
        "a\x85b:int": "argument 3: column 3: the control character U+0085",
        "a\u2028b:int": "argument 3: column 3: the control character U+2028",
        '"q:int': 'argument 3: column 1: `"q` is not a name',
        "no:int": "argument 3: column 1: the name `no` is taken by YAML",
    }.items(),
    ids=ascii,
)
def test_a_name_in_quotes(word: str, told: str) -> None:
    with pytest.raises(SpecError) as caught:
        with_resource(SPEC, "Review", ["stars:int", word], {})
    assert str(caught.value).startswith(told)
