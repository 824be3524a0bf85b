"""The field grammar: what is read, what is refused, and that the line which is offered works."""

from decimal import Decimal

import pytest

from backendgen.errors import SpecError
from backendgen.spec import grammar
from backendgen.spec.loading import parse_field, parse_field_argument
from backendgen.spec.model import Field
from backendgen.spec.spelling import spell

from .helpers import field_of, problems_of, spec_of, the_problem

READ = {
    "a: string": Field("a", "string", length=255),
    "a: string:index": Field("a", "string", length=255, index=True),
    "a: string:40:unique:optional": Field("a", "string", length=40, unique=True, optional=True),
    "a: string:default=": Field("a", "string", length=255, has_default=True, default=""),
    "a: int:min=-1:max=7": Field("a", "int", min=-1, max=7),
    "a: float:default=1": Field("a", "float", has_default=True, default=1.0),
    "a: decimal": Field("a", "decimal", precision=12, scale=2),
    "a: decimal:4,1:min=0.5": Field("a", "decimal", precision=4, scale=1, min=Decimal("0.5")),
    "a: bool:default=false": Field("a", "bool", has_default=True, default=False),
    "a: date:default=2026-01-31": Field("a", "date", has_default=True, default="2026-01-31"),
    "a: email:unique": Field("a", "email", length=254, unique=True),
    "a: enum:b,c": Field("a", "enum", length=40, values=("b", "c")),
    "a: ref:Author:cascade": Field("a", "ref", target="Author", on_delete="cascade"),
    "a: many:Tag": Field("a", "many", target="Tag"),
    "a: text:was=b": Field("a", "text", was="b"),
    "a: {type: string}": Field("a", "string", length=255),
    "a: {type: string:40:index, optional: true}": Field(
        "a", "string", length=40, index=True, optional=True
    ),
    "a: {type: decimal, precision: 4, scale: 1}": Field("a", "decimal", precision=4, scale=1),
    "a: {type: enum, values: [b, c]}": Field("a", "enum", length=40, values=("b", "c")),
    'a: {type: time, default: "10:30:00"}': Field(
        "a", "time", has_default=True, default="10:30:00"
    ),
    'a: {type: datetime, default: "2026-01-31T12:00:00+02:00"}': Field(
        "a", "datetime", has_default=True, default="2026-01-31T10:00:00Z"
    ),
    "a: {type: ref, target: Author, on_delete: restrict}": Field(
        "a", "ref", target="Author", on_delete="restrict"
    ),
    "a: {type: text, optional: false, description: What it says}": Field(
        "a", "text", description="What it says"
    ),
    "a: {type: json, example: {b: [1, 2.5, yes, ~, 'no']}}": Field(
        "a", "json", example=({"b": [1, 2.5, "yes", None, "no"]},)
    ),
    'a: {type: string:9, pattern: "^[A-Z]:[0-9]$", example: ["A:1", "B:2"]}': Field(
        "a", "string", length=9, pattern="^[A-Z]:[0-9]$", example=("A:1", "B:2")
    ),
}


@pytest.mark.parametrize(("line", "field"), READ.items())
def test_a_field_is_read(line: str, field: Field) -> None:
    assert field_of(line) == field


@pytest.mark.parametrize("line", [line for line in READ if "example" not in line])
def test_a_field_is_spelled_as_a_line_that_reads_the_same(line: str) -> None:
    field = field_of(line)
    assert field_of(spell(field)) == field


def test_every_type_and_modifier_is_read_from_its_own_line() -> None:
    for kind in grammar.TYPES.values():
        assert field_of(f"a: {kind.line}").type == kind.name
    for modifier in grammar.MODIFIERS.values():
        if modifier.shape == "flag":
            line = f"{min(modifier.types - {'enum', 'ref'})}:{modifier.line}"
            assert getattr(parse_field("a", line), modifier.name) is True


REFUSED = {
    # line: what is told of it
    "a: strin:20": "`strin` is not a type, did you mean `string`?",
    "a: varchar:20": "`varchar` is not a type, did you mean `string`?",
    "a: quux": "`quux` is not a type; there are string, text, int, bigint, float, decimal, bool, date,"
    " time, datetime, uuid, email, url, slug, json, enum, ref, many",
    "a:": "the field `a` has no type",
    "a: [string]": "a field is one line or a mapping",
    "a: string:0": "`length` is from 1 to 4000, not 0",
    "a: string:4001": "`length` is from 1 to 4000, not 4001",
    "a: 'string:40:'": "there is nothing behind a colon",
    "a: string:uniqe": "`uniqe` is not a modifier, did you mean `unique`?",
    "a: string:nullable": "`nullable` is not a modifier, did you mean `optional`?",
    "a: string:unique:unique": "`unique` is given twice",
    "a: string:unique=1": "`unique` takes no value",
    "a: decimal:5": "a decimal has its precision and its scale",
    "a: decimal:19,2": "`precision` is from 1 to 18, not 19",
    "a: decimal:2,5": "of 2 digits 5 cannot be decimals",
    "a: enum": "`enum` needs its values",
    "a: enum:b": "an enum has two values or more",
    "a: enum:b,b,c": "a value of the enum is given twice",
    "a: enum:In-Progress,done": "the value `In-Progress` is not in snake_case",
    "a: enum:true,false": "the value `false` is a constant in JSON or Python",
    "a: ref:cascade": "`ref` needs its resource",
    "a: ref:Authr": "there is no resource `Authr`, did you mean `Author`?",
    "a: many:Tags": "there is no resource `Tags`, did you mean `Tag`?",
    "a: many:Tag:unique": "`many` cannot be `unique`, which is for every type but text, bool, url, json,"
    " enum, many",
    "a: text:cascade": "`text` cannot be `cascade`, which is for ref",
    "a: bool:unique": "`bool` cannot be `unique`, which is for every type but text, bool, url, json,"
    " enum, many",
    "a: text:index": "`text` cannot be `index`, which is for every type but text, url, json, many",
    "a: string:min=3": "`string` has no `min`, which is for int, bigint, float, decimal",
    "a: int:min_length=3": "`int` has no `min_length`, which is for string, text",
    "a: json:default=1": "`json` has no `default`, which is for every type but json, ref, many",
    "a: int:min=x": "`min` `x` is not a whole number",
    "a: int:min=5:max=2": "`min` 5 is not less than `max` 2",
    "a: int:min=5:max=5": "`min` 5 is not less than `max` 5",
    "a: int:min=5:default=2": "the default `2` breaks the field's own rules",
    "a: int:default=2147483648": "the default `2147483648` does not fit in 32 bits",
    "a: bigint:default=9223372036854775808": "the default `9223372036854775808` does not fit in 64"
    " bits",
    "a: int:default=07": "the default `07` is not a whole number",
    "a: float:default=nan": "the default `nan` is not a number",
    "a: decimal:4,2:default=0.001": "the default `0.001` has more than 2 decimals",
    "a: decimal:4,2:default=100": "the default `100` has more than 2 digits before the point",
    "a: bool:default=yes": "the default `yes` is neither true nor false",
    "a: date:default=2026-02-30": "the default `2026-02-30` is not a date such as 2026-01-31",
    "a: uuid:default=1": "the default `1` is not a UUID",
    "a: email:default=x": "the default `x` is not an e-mail address",
    "a: slug:default=Not a slug": "the default `Not a slug` is not a slug such as first-post",
    "a: enum:b,c:default=d": "the default `d` is not one of b, c",
    "a: string:4:default=abcde": "the default `abcde` is longer than 4 characters",
    "a: string:min_length=2:default=a": "the default `a` is shorter than min_length, 2",
    "a: string:default=it's": "the default `it's` has the character ', which cannot be quoted alike in"
    " SQL",
    "a: string:pattern=^[a-z]+$:default=A": "the default `A` breaks the field's own rules",
    "a: int:default": "`default` needs a value",
    "a: int:unique:default=1": "a default is unique only once",
    "a: time:default=10:30:00": "a value with a colon, `10:30:00`, needs the long form in YAML",
    "a: string:5:min_length=6": "`min_length` 6 is more than the 5 that fit",
    "a: string:601:unique": "a key holds at most 600 characters, not 601",
    "a: int:readonly": "`readonly` needs `optional` or a default, since no client sends it",
    "a: ref:Author:set_null": "`set_null` needs a field that may be empty",
    "a: ref:Author:cascade:restrict": "`on_delete` is given twice",
    "a: ref:Post": "Post → Post is a cycle of required references: no row can be the first",
    "author_id: ref:Author": "a relation has the name of what it leads to; the key gets _id by itself",
    "tag_ids: many:Tag": "a relation has the name of what it leads to; the key gets _ids by itself",
    "a: int:was=a": "`a` is not an earlier name of it",
    "a: int:was=title": "`title` is still a field, so that it was not renamed",
    "a: string:pattern=(?=b)": "`(?=` is not in every language; of groups there are ( and (?:",
    "a: string:pattern=.*": "the pattern `.*` refuses nothing",
    "a: {type: string, length: many}": "`many` is not a whole number from 1 to 4000",
    "a: {type: string, unique: yes}": "`unique` is true or false",
    "a: {type: string, lenght: 20}": "`lenght` is not a word of a field, did you mean `length`?",
    "a: {typ: string}": "`typ` is not a word of a field, did you mean `type`?",
    "a: {unique: true}": "the field `a` has no type",
    "a: {type: string:unique, unique: true}": "`unique` is given twice",
    "a: {type: int, length: 20}": "`int` cannot be `length`, which is for string",
    "a: {type: enum, values: [yes, no]}": "`values` is a list of words; YAML reads some, as no,"
    " otherwise",
    "a: {type: enum, values: [b, [c]]}": "`values` is a list of words; YAML reads some, as no, otherwise",
    "a: {type: string, default: no}": "YAML does not read `no` as text",
    "a: {type: string, default: [b]}": "`default` needs a value",
    "a: {type: ref, target: Author, on_delete: drop}": "`on_delete` is one of cascade, restrict,"
    " set_null",
    "a: {type: int, max: 3, example: 4}": "the example `4` breaks the field's own rules",
    "a: {type: int, example: many}": "the example `many` is not a whole number",
    "a: {type: string:9, pattern: '^[A-Z]+$', example: ab}": "the example `ab` breaks the field's own"
    " rules",
    "a: {type: string:3, pattern: '^[A-Z]{9}$'}": "no two values were found that its rules allow; give"
    " them",
    "a: {type: text, description: 'He said \"no\"'}": 'a description is one plain line, without "',
    "a: {type: text, description: {a: b}}": "`description` needs a value",
    "First: int": "`First` is not a name such as first_name, 40 characters at most",
    "größe: int": "`größe` is not a name such as first_name, 40 characters at most",
    "a__b: int": "`a__b` is not a name such as first_name, 40 characters at most",
    "_a: int": "`_a` is not a name such as first_name, 40 characters at most",
    f"{'a' * 41}: int": f"`{'a' * 41}` is not a name such as first_name, 40 characters at most",
    "title: text": "`title` is given twice",
    "class: int": "the name `class` is taken by Python",
    "function: int": "the name `function` is taken by JavaScript",
    "order: int": "the name `order` is taken by SQL",
    "no: int": "the name `no` is taken by YAML",
    "metadata: json": "the name `metadata` is taken by SQLAlchemy",
    "model_name: string": "the name `model_name` is taken by Pydantic",
    "copy: int": "the name `copy` is taken by Pydantic",
    "objects: int": "the name `objects` is taken by Django",
    "pk: int": "the name `pk` is taken by Django",
    "str: int": "the name `str` is taken by Python's types",
    "to_string: int": "the name `to_string` is taken by every JavaScript object",
    "limit: int": "the name `limit` is taken by lists, as a query parameter",
    "q: string": "the name `q` is taken by lists, as a query parameter",
    "id: uuid": "`id` is there already, since every object has it",
    "created_at: datetime": "`created_at` is there already, from `timestamps: true`",
    "owner: ref:Author": "`owner_id` is there already, from an `owner` rule of `access`",
}


@pytest.mark.parametrize(("line", "message"), REFUSED.items())
def test_what_is_wrong_with_a_field_is_told(line: str, message: str) -> None:
    assert the_problem(spec_of(line)).message == message


@pytest.mark.parametrize("line", [line for line in REFUSED if not line.startswith("a: {")])
def test_the_line_that_is_offered_works(line: str) -> None:
    remedy = the_problem(spec_of(line)).remedy
    assert problems_of(spec_of(remedy)) == ()


WORDS = {
    # long form: what is offered, and the field with it
    "a: {type: string, length: many}": ("length: 4000", "a: {type: string, length: 4000}"),
    "a: {type: string, unique: yes}": ("unique: true", "a: {type: string, unique: true}"),
    "a: {type: string, lenght: 20}": ("length: 200", "a: {type: string, length: 200}"),
    "a: {typ: string}": ("type: string", "a: {type: string}"),
    "a: {type: string:unique, unique: true}": ("type: string:unique", "a: {type: string:unique}"),
    "a: {type: int, length: 20}": ("type: int", "a: {type: int}"),
    "a: {type: string, default: no}": ('default: "no"', 'a: {type: string, default: "no"}'),
    "a: {type: int, max: 3, example: 4}": ("example: 1", "a: {type: int, max: 3, example: 1}"),
    "a: {type: enum, values: [yes, no]}": (
        "values: [draft, published]",
        "a: {type: enum, values: [draft, published]}",
    ),
    "a: {type: ref, target: Author, on_delete: drop}": (
        "on_delete: restrict",
        "a: {type: ref, target: Author, on_delete: restrict}",
    ),
}


@pytest.mark.parametrize(
    ("line", "offered", "fixed"), [(line, *row) for line, row in WORDS.items()]
)
def test_the_word_that_is_offered_works(line: str, offered: str, fixed: str) -> None:
    assert the_problem(spec_of(line)).remedy == offered
    assert problems_of(spec_of(fixed)) == ()


def test_positions_are_of_the_part_that_is_wrong() -> None:
    first = len(spec_of("").splitlines()) + 1
    for line, column in {
        "a: strin": 10,
        "a: string:20:uniqe": 20,
        "a: 'string:20:uniqe'": 21,
        "a: int:min=5:max=2": 24,
        "a: decimal:5,40": 20,
        "a: {type: string, length: 0}": 33,
        "a: {type: string, uniqe: true}": 25,
        "Author: int": 7,
    }.items():
        problem = the_problem(spec_of(line))
        assert (problem.line, problem.column) == (first, column), line


def test_a_word_of_the_command_line_is_read() -> None:
    field = parse_field_argument("title:string:200:index")
    assert field == Field("title", "string", length=200, index=True)


@pytest.mark.parametrize(
    ("argument", "told"),
    {
        "title:strin:200": "argument 2: column 7: `strin` is not a type, did you mean `string`?;"
        " write: title:string:200",
        "title:string:200:idx": "argument 2: column 18: `idx` is not a modifier, did you mean `index`?;"
        " write: title:string:200:index",
        "title": "argument 2: column 6: the field `title` has no type; write: title:string",
        "A b:int": "argument 2: column 1: `A b` is not a name such as first_name, 40 characters at most;"
        " write: a_b:int",
    }.items(),
)
def test_a_word_of_the_command_line_is_refused(argument: str, told: str) -> None:
    with pytest.raises(SpecError) as caught:
        parse_field_argument(argument, 2)
    assert str(caught.value) == told
