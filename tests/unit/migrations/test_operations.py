import pytest

from backendgen.errors import BackendgenError
from backendgen.migrations.operations import AddForeignKeys, CreateTable, operations
from backendgen.migrations.tables import Column, ForeignKey, Index, OneOf, Range, Table, Unique
from tests.unit.migrations.trial import trial

TAG = "{Tag: {fields: {name: 'string:40:unique'}}}"


def created(resources: str, auth: str = "none") -> list[Table]:
    return [
        operation.table
        for operation in operations(None, trial(resources, auth))
        if isinstance(operation, CreateTable)
    ]


def names(resources: str, auth: str = "none") -> list[str]:
    return [table.name for table in created(resources, auth)]


def only(resources: str) -> Table:
    (table,) = created(resources)
    return table


def test_nothing_is_done_to_an_unchanged_database() -> None:
    assert operations(trial(TAG), trial(TAG)) == ()


def test_accounts_come_with_jwt_alone() -> None:
    assert names("{}", "jwt") == ["users", "refresh_tokens"]
    assert names("{}") == []


def test_only_what_is_new_is_created() -> None:
    old = trial(TAG)
    new = trial("{Tag: {fields: {name: 'string:40:unique'}}, Post: {fields: {tag: 'ref:Tag'}}}")
    (operation,) = operations(old, new)
    assert isinstance(operation, CreateTable)
    assert operation.table.name == "posts"
    assert [key.table for key in operation.table.foreign_keys] == ["users", "tags"]
    assert not any(key.deferred for key in operation.table.foreign_keys)


@pytest.mark.parametrize(
    "changed",
    [
        "{Tag: {fields: {name: 'string:50:unique'}}}",
        "{Tag: {fields: {name: 'string:40'}}}",
        "{Tag: {fields: {name: 'string:40:unique', stars: 'int'}}}",
        "{Tag: {versioned: true, fields: {name: 'string:40:unique'}}}",
        "{}",
    ],
)
def test_a_table_that_exists_is_not_silently_left_behind(changed: str) -> None:
    with pytest.raises(BackendgenError, match="table tags exists and would change"):
        operations(trial(TAG), trial(changed))


def test_what_the_database_does_not_know_is_no_change() -> None:
    described = "{Tag: {description: A label, search: [name], fields: {name: 'string:40:unique'}}}"
    assert operations(trial(TAG), trial(described)) == ()


def test_a_table_follows_those_it_refers_to() -> None:
    resources = "{Ant: {fields: {bee: 'ref:Bee', cats: 'many:Cat'}}, Bee: {fields: {cat: 'ref:Cat'}}, Cat: {fields: {n: int}}}"
    assert names(resources) == ["cats", "bees", "ants", "ants_cats"]


def test_the_reference_that_closes_a_cycle_comes_last() -> None:
    resources = (
        "{Ant: {fields: {bee: 'ref:Bee:optional:set_null'}}, Bee: {fields: {ant: 'ref:Ant'}}}"
    )
    done = operations(None, trial(resources, "none"))
    first, second = (operation for operation in done if isinstance(operation, CreateTable))
    (key,) = first.table.foreign_keys
    assert key.deferred
    assert not any(each.deferred for each in second.table.foreign_keys)
    assert done[-1] == AddForeignKeys(((first.table.name, key),))


def test_a_reference_to_itself_is_no_cycle() -> None:
    (key,) = only("{Ant: {fields: {parent: 'ref:Ant:optional'}}}").foreign_keys
    assert key == ForeignKey("fk_ants_parent_id_ants", "parent_id", "ants", "restrict")


def test_columns_in_the_order_of_the_models() -> None:
    options = "soft_delete: true, versioned: true"
    (*_, table) = created(
        f"{{Post: {{{options}, fields: {{title: string, tags: 'many:Post'}}}}}}", "jwt"
    )[:-1]
    assert [column.name for column in table.columns] == [
        *("id", "owner_id", "title", "created_at", "updated_at", "deleted_at", "version"),
    ]
    assert table.columns[-2:] == (
        Column(name="deleted_at", type="datetime", nullable=True),
        Column(name="version", type="int", default=1),
    )


def test_the_default_sort_and_the_owner_are_indexed() -> None:
    table = created("{Post: {fields: {title: 'string:index'}}}", "jwt")[-1]
    assert set(table.indexes) == {
        Index("ix_posts_created_at_id", ("-created_at", "id")),
        Index("ix_posts_owner_id", ("owner_id",)),
        Index("ix_posts_title", ("title",)),
    }


def test_without_timestamps_there_is_neither_column_nor_index() -> None:
    table = only("{Post: {timestamps: false, fields: {title: string}}}")
    assert [column.name for column in table.columns] == ["id", "title"]
    assert table.indexes == ()


def test_rules_become_checks() -> None:
    table = only("{Post: {fields: {stars: 'int:min=1:max=5', status: 'enum:a,b'}}}")
    stars, status = table.columns[1:3]
    assert table.checks == (
        Range("ck_posts_stars_range", stars, 1, 5),
        OneOf("ck_posts_status", status, ("a", "b")),
    )


def test_uniqueness_of_one_column_and_of_several() -> None:
    table = only("{Post: {unique: [[b, c]], fields: {a: 'int:unique', b: int, c: int}}}")
    assert table.uniques == (
        Unique("uq_posts_a", ("a",)),
        Unique("uq_posts_b_c", ("b", "c")),
    )


def test_ids_that_are_numbers_are_referred_to_by_numbers() -> None:
    resources = (
        "{Ant: {id: int, fields: {others: 'many:Ant'}}, Bee: {fields: {ant: 'ref:Ant:cascade'}}}"
    )
    a, b, join = created(resources)
    assert a.columns[0] == Column(name="id", type="serial")
    assert b.columns[1] == Column(name="ant_id", type="bigint")
    assert join.primary_key == tuple(column.name for column in join.columns)
    assert {column.type for column in join.columns} == {"bigint"}
    assert {key.on_delete for key in join.foreign_keys} == {"cascade"}
