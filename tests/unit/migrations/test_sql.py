import sys

import pytest

from backendgen.migrations.alembic.history import Head
from backendgen.migrations.alembic.offline import sql_of
from backendgen.migrations.alembic.revision import write_file
from backendgen.migrations.operations import operations
from tests.unit.migrations.trial import TEMPLATE, TYPES, trial

RESOURCES = """{
  Book: {
    indexes: [[title, price]],
    fields: {
      title: 'string:20:unique',
      price: 'decimal:10,2:min=0.50:default=1.5',
      state: 'enum:new,old:default=new',
      best: 'ref:Sheet:optional:set_null',
    },
  },
  Sheet: {id: int, timestamps: false, fields: {book: 'ref:Book:cascade'}},
}"""


def statements(dialect: str) -> list[str]:
    """Each on one line, without its semicolon."""
    done = operations(None, trial(RESOURCES, "none"))
    _, file = write_file(TEMPLATE, done, Head(None, 1), "initial")
    text = sql_of(file.content.decode(), TYPES, dialect)
    assert text.endswith(";\n")
    return [" ".join(each.split()) for each in text.split(";")[:-1]]


@pytest.mark.parametrize(
    ("dialect", "parts"),
    {
        "sqlite": (
            "id CHAR(32) NOT NULL",
            "title VARCHAR(20) NOT NULL",
            "price BIGINT DEFAULT 150 NOT NULL",
            "created_at DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL",
            "CONSTRAINT ck_books_price_range CHECK (price >= 50)",
            "CONSTRAINT fk_books_best_id_sheets FOREIGN KEY(best_id)",
        ),
        "postgresql": (
            "id UUID NOT NULL",
            'title VARCHAR(20) COLLATE "C" NOT NULL',
            "price NUMERIC(10, 2) DEFAULT 1.50 NOT NULL",
            "created_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL",
            "CONSTRAINT ck_books_price_range CHECK (price >= 0.50)",
        ),
        "mysql": (
            "id CHAR(32) NOT NULL",
            "title VARCHAR(20) COLLATE utf8mb4_0900_bin NOT NULL",
            "price NUMERIC(10, 2) NOT NULL DEFAULT (1.50)",
            "created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)",
            "CONSTRAINT ck_books_price_range CHECK (price >= 0.50)",
        ),
    }.items(),
)
def test_the_sql_is_the_database_s_own(dialect: str, parts: tuple[str, ...]) -> None:
    create, *_ = statements(dialect)
    assert create.startswith("CREATE TABLE books (")
    for part in (*parts, "CONSTRAINT ck_books_state CHECK (state IN ('new', 'old'))"):
        assert part in create


@pytest.mark.parametrize(("dialect", "alters"), [("sqlite", 0), ("postgresql", 1), ("mysql", 1)])
def test_a_cycle_is_closed_where_the_database_can_alter(dialect: str, alters: int) -> None:
    done = statements(dialect)
    assert [each.split()[0] for each in done] == [
        *("CREATE", "CREATE", "CREATE", "CREATE", "CREATE", "CREATE"),
        *["ALTER"] * alters,
    ]
    assert ("fk_books_best_id_sheets" in done[0]) == (not alters)
    assert all("fk_books_best_id_sheets" in each for each in done[6:])


def test_the_newest_come_first_in_the_index_of_the_default_sort() -> None:
    assert "CREATE INDEX ix_books_created_at_id ON books (created_at DESC, id)" in statements(
        "sqlite"
    )


def test_nothing_of_the_project_stays_imported() -> None:
    before = {name for name in sys.modules if name == "app" or name.startswith("app.")}
    statements("sqlite")
    assert {name for name in sys.modules if name == "app" or name.startswith("app.")} == before


def test_a_failure_leaves_nothing_imported() -> None:
    with pytest.raises(ImportError):
        sql_of("from app.core.types import Missing", TYPES, "sqlite")
    assert "app.core.types" not in sys.modules
