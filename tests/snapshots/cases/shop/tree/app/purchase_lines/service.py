"""What can be done with purchase lines, and by whom."""

from uuid import UUID

from app.core import access
from app.core.errors import NotFound
from app.core.fields import sent
from app.core.listing import ListPage, ListQuery
from app.purchase_lines.model import PurchaseLine
from app.purchase_lines.repository import PurchaseLineRepository
from app.purchase_lines.schema import PurchaseLineCreate, PurchaseLineUpdate


class PurchaseLineService:
    def __init__(self, purchase_lines: PurchaseLineRepository, actor: access.Actor) -> None:
        self.purchase_lines = purchase_lines
        self.actor = actor

    async def page(self, query: ListQuery) -> ListPage[PurchaseLine]:
        access.admit(self.actor, "list", PurchaseLine)
        return await self.purchase_lines.page(query, self.actor)

    async def get(self, purchase_line_id: UUID) -> PurchaseLine:
        return await self._find(purchase_line_id, "read")

    async def create(self, data: PurchaseLineCreate) -> PurchaseLine:
        access.admit(self.actor, "create", PurchaseLine)
        values = await self.purchase_lines.resolve(dict(data), self.actor)
        purchase_line = PurchaseLine(**values, owner_id=self.actor.id)
        self.purchase_lines.add(purchase_line)
        await self.purchase_lines.commit()
        return purchase_line

    async def update(self, purchase_line_id: UUID, data: PurchaseLineUpdate) -> PurchaseLine:
        purchase_line = await self._find(purchase_line_id, "update")
        values = await self.purchase_lines.resolve(sent(data), self.actor)
        self.purchase_lines.change(purchase_line, values)
        await self.purchase_lines.commit()
        return purchase_line

    async def delete(self, purchase_line_id: UUID) -> None:
        purchase_line = await self._find(purchase_line_id, "delete")
        await self.purchase_lines.delete(purchase_line)
        await self.purchase_lines.commit()

    async def _find(self, purchase_line_id: UUID, action: access.Action) -> PurchaseLine:
        access.admit(self.actor, action, PurchaseLine)
        purchase_line = await self.purchase_lines.get(purchase_line_id, to_change=action != "read")
        if purchase_line is None:
            raise NotFound
        access.authorize(self.actor, action, purchase_line)
        return purchase_line
