"""What services use, without a database."""

from collections.abc import Mapping
from typing import Any

from app.core.access import Actor
from app.core.listing import ListPage, ListQuery
from app.core.repository import BaseRepository


class InMemory(BaseRepository[Any]):
    """Every reference is to something that is there. `commits` counts what was kept."""

    # Its signatures are those of the repository, whatever of them it uses.

    def __init__(self, *rows: Any) -> None:
        self.rows = {row.id: row for row in rows}
        self.commits = 0

    def get(self, row_id: object, *, to_change: bool = False) -> Any:  # noqa: ARG002
        return self.rows.get(row_id)

    def page(self, query: ListQuery, actor: Actor) -> ListPage[Any]:  # noqa: ARG002
        return ListPage(list(self.rows.values()))

    def resolve(self, values: Mapping[str, Any], actor: Actor) -> dict[str, Any]:  # noqa: ARG002
        lists = {each.key for each in self.to_many}
        return {key: value for key, value in values.items() if key not in lists}

    def add(self, row: Any) -> None:
        self.rows[row.id] = row

    def delete(self, row: Any) -> None:
        del self.rows[row.id]

    def commit(self) -> None:
        self.commits += 1
