"""What can be done with purchases, and by whom."""

from uuid import UUID

from app.core import access
from app.core.errors import NotFound
from app.core.fields import sent
from app.core.listing import ListPage, ListQuery
from app.purchases.model import Purchase
from app.purchases.repository import PurchaseRepository
from app.purchases.schema import PurchaseCreate, PurchaseUpdate


class PurchaseService:
    def __init__(self, purchases: PurchaseRepository, actor: access.Actor) -> None:
        self.purchases = purchases
        self.actor = actor

    async def page(self, query: ListQuery) -> ListPage[Purchase]:
        access.admit(self.actor, "list", Purchase)
        return await self.purchases.page(query, self.actor)

    async def get(self, purchase_id: UUID) -> Purchase:
        return await self._find(purchase_id, "read")

    async def create(self, data: PurchaseCreate) -> Purchase:
        access.admit(self.actor, "create", Purchase)
        values = await self.purchases.resolve(dict(data), self.actor)
        purchase = Purchase(**values, owner_id=self.actor.id)
        self.purchases.add(purchase)
        await self.purchases.commit()
        return purchase

    async def update(self, purchase_id: UUID, data: PurchaseUpdate) -> Purchase:
        purchase = await self._find(purchase_id, "update")
        values = await self.purchases.resolve(sent(data), self.actor)
        self.purchases.change(purchase, values)
        await self.purchases.commit()
        return purchase

    async def delete(self, purchase_id: UUID) -> None:
        purchase = await self._find(purchase_id, "delete")
        await self.purchases.delete(purchase)
        await self.purchases.commit()

    async def _find(self, purchase_id: UUID, action: access.Action) -> Purchase:
        access.admit(self.actor, action, Purchase)
        purchase = await self.purchases.get(purchase_id, to_change=action != "read")
        if purchase is None:
            raise NotFound
        access.authorize(self.actor, action, purchase)
        return purchase
