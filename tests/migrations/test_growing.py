"""A second migration, after one of a person's own, with rows in the tables."""

from tests.migrations.project import (
    VERSIONS,
    Project,
    example,
    migrate,
    put,
    shop_without_reviews,
    write_own,
)


def test_a_resource_is_added(database: str, project: Project) -> None:
    old, new = shop_without_reviews(), example("shop")
    put(project.root, old)
    migrate(project.root, None, old)
    project.alembic("upgrade", "head")
    project.inside("fill", given=old)
    own = 'op.execute("UPDATE products SET stock = stock + 1")'
    revision = write_own(project, "count_again", own)

    put(project.root, new)
    migration = migrate(project.root, old, new)
    ((path, file),) = migration.files.items()
    assert path == f"{VERSIONS}/0002_add_review.py"
    assert f'\ndown_revision = "{revision}"\n' in file.content.decode()

    project.alembic("upgrade", "head")
    project.equals_its_models(database)
    (rows,) = project.inside("rows")
    assert rows == {name: int(name != "reviews") for name in rows}

    project.alembic("downgrade", "-1")
    assert project.alembic("current").split()[0] == revision
    (rows,) = project.inside("rows")
    assert "reviews" not in rows
    assert set(rows.values()) == {1}
