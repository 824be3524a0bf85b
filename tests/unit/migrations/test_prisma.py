"""Prisma's format: the SQL of a change, up and down, and where it continues on disk."""

from pathlib import Path

import pytest

from backendgen.answers import Answers
from backendgen.errors import BackendgenError
from backendgen.migrations import prisma
from backendgen.migrations.operations import operations
from backendgen.migrations.prisma.history import DIRECTORY
from backendgen.render import Tree
from tests.unit.migrations.trial import TEMPLATE, trial

BOOK = """Book: {
    indexes: [[title, price]],
    fields: {
      title: 'string:20:unique',
      price: 'decimal:10,2:min=0.50:max=9:default=1.5',
      state: 'enum:new,old:default=new',
      best: 'ref:Sheet:optional:set_null',
      tags: 'many:Tag',
    },
  },
  Tag: {id: int, timestamps: false, fields: {name: 'string:9'}},
  Sheet: {timestamps: false, fields: {book: 'ref:Book:cascade', tag: 'ref:Tag'}}"""


def given(database: str, resources: str = BOOK) -> Answers:
    answers = trial(f"{{{resources}}}", "none")
    answers["database"] = database
    return answers


def written(root: Path, database: str, old: Answers | None = None) -> Tree:
    new = given(database)
    return prisma.write(TEMPLATE, root, new, operations(old, new), "initial")


def texts(root: Path, database: str) -> tuple[str, str]:
    """The way up, and the way down."""
    down, up = (file.content.decode() for _, file in sorted(written(root, database).items()))
    return up, down


def make(root: Path, name: str, *files: str) -> None:
    (root / DIRECTORY / name).mkdir(parents=True)
    for file in files:
        (root / DIRECTORY / name / file).write_text('CREATE TABLE "books" ();\n')


@pytest.mark.parametrize(
    ("database", "parts"),
    {
        "sqlite": (
            '"id" TEXT NOT NULL PRIMARY KEY',
            '"id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT',
            '"title" TEXT NOT NULL',
            '"price" BIGINT NOT NULL',
            "\"state\" TEXT NOT NULL DEFAULT 'new'",
            'CONSTRAINT "ck_books_price_range" CHECK ("price" >= 50 AND "price" <= 900)',
            "CONSTRAINT \"ck_books_state\" CHECK (\"state\" IN ('new', 'old'))",
            '"tag_id" INTEGER NOT NULL',
            'CREATE UNIQUE INDEX "uq_books_title" ON "books" ("title");',
            'CREATE INDEX "ix_books_created_at_id" ON "books" ("created_at" DESC, "id");',
            'CREATE INDEX "ix_books_title_price" ON "books" ("title", "price");',
        ),
        "postgresql": (
            '"id" UUID NOT NULL',
            '"id" BIGSERIAL NOT NULL',
            '"title" VARCHAR(20) COLLATE "C" NOT NULL',
            '"price" DECIMAL(10,2) NOT NULL',
            'CONSTRAINT "pk_books" PRIMARY KEY ("id")',
            'CHECK ("price" >= 0.50 AND "price" <= 9.00)',
            '"tag_id" BIGINT NOT NULL',
        ),
        "mysql": (
            "`id` CHAR(36) NOT NULL",
            "`id` BIGINT NOT NULL AUTO_INCREMENT",
            "`title` VARCHAR(20) NOT NULL",
            "`price` DECIMAL(10, 2) NOT NULL",
            "UNIQUE INDEX `uq_books_title` (`title`)",
            "INDEX `ix_books_created_at_id` (`created_at` DESC, `id`)",
            "/*M!100202 COLLATE utf8mb4_nopad_bin */;",
        ),
    }.items(),
)
def test_the_sql_is_the_database_s_own(
    tmp_path: Path, database: str, parts: tuple[str, ...]
) -> None:
    up, _ = texts(tmp_path, database)
    for part in parts:
        assert part in up


@pytest.mark.parametrize(
    ("database", "drop"),
    [
        ("sqlite", None),
        ("postgresql", 'ALTER TABLE "books" DROP CONSTRAINT "fk_books_best_id_sheets";'),
        ("mysql", "ALTER TABLE `books` DROP FOREIGN KEY `fk_books_best_id_sheets`;"),
    ],
)
def test_a_cycle_is_closed_where_the_database_can_alter(
    tmp_path: Path, database: str, drop: str | None
) -> None:
    up, down = texts(tmp_path, database)
    assert up.count("fk_books_best_id_sheets") == 1
    assert up.count("-- AddForeignKey") == (drop is not None)
    assert (drop in down) if drop else ("ALTER" not in down)


def test_the_way_down_drops_what_the_way_up_creates_in_reverse(tmp_path: Path) -> None:
    up, down = texts(tmp_path, "sqlite")
    created = [line.split('"')[1] for line in up.splitlines() if line.startswith("CREATE TABLE")]
    dropped = [line.split('"')[1] for line in down.splitlines() if line.startswith("DROP TABLE")]
    assert dropped == created[::-1]


def test_it_is_the_same_on_every_machine(tmp_path: Path) -> None:
    assert written(tmp_path, "mysql") == written(tmp_path, "mysql")


@pytest.mark.parametrize(
    ("last", "number"),
    [(None, "0001"), ("0001_initial", "0002"), ("20261124235900_mine", "20261124235901")],
)
def test_the_number_is_the_next_one(tmp_path: Path, last: str | None, number: str) -> None:
    if last:
        make(tmp_path, last, "migration.sql")
    assert {path.split("/")[2] for path in written(tmp_path, "sqlite")} == {f"{number}_initial"}


def test_what_has_begun_and_what_it_created(tmp_path: Path) -> None:
    assert not prisma.begun(tmp_path, given("sqlite"))
    make(tmp_path, "0001_initial", "migration.sql")
    assert prisma.begun(tmp_path, given("sqlite"))
    tables = [step.table for step in operations(None, given("sqlite")) if hasattr(step, "table")]
    assert "books" not in prisma.uncreated(tmp_path, tables)
    assert "sheets" in prisma.uncreated(tmp_path, tables)


def test_a_broken_history_is_told(tmp_path: Path) -> None:
    make(tmp_path, "0001_initial")
    with pytest.raises(BackendgenError, match=r"0001_initial: has no migration\.sql"):
        prisma.begun(tmp_path, given("sqlite"))


def test_a_name_without_a_number_is_told(tmp_path: Path) -> None:
    make(tmp_path, "initial", "migration.sql")
    with pytest.raises(BackendgenError, match="does not begin with a number"):
        written(tmp_path, "sqlite")


def test_the_sql_of_written_files_is_the_way_up(tmp_path: Path) -> None:
    assert prisma.sql(written(tmp_path, "sqlite"), {}, "sqlite") == texts(tmp_path, "sqlite")[0]
