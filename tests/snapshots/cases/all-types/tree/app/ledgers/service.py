"""What can be done with ledgers, and by whom."""

from uuid import UUID

from app.core import access
from app.core.errors import NotFound
from app.core.fields import sent
from app.core.listing import ListPage, ListQuery
from app.ledgers.model import Ledger
from app.ledgers.repository import LedgerRepository
from app.ledgers.schema import LedgerCreate, LedgerUpdate


class LedgerService:
    def __init__(self, ledgers: LedgerRepository, actor: access.Actor) -> None:
        self.ledgers = ledgers
        self.actor = actor

    async def page(self, query: ListQuery) -> ListPage[Ledger]:
        access.admit(self.actor, "list", Ledger)
        return await self.ledgers.page(query, self.actor)

    async def get(self, ledger_id: UUID) -> Ledger:
        return await self._find(ledger_id, "read")

    async def create(self, data: LedgerCreate) -> Ledger:
        access.admit(self.actor, "create", Ledger)
        values = await self.ledgers.resolve(dict(data), self.actor)
        ledger = Ledger(**values)
        self.ledgers.add(ledger)
        await self.ledgers.commit()
        return ledger

    async def update(self, ledger_id: UUID, data: LedgerUpdate) -> Ledger:
        ledger = await self._find(ledger_id, "update")
        values = await self.ledgers.resolve(sent(data), self.actor)
        self.ledgers.change(ledger, values)
        await self.ledgers.commit()
        return ledger

    async def delete(self, ledger_id: UUID) -> None:
        ledger = await self._find(ledger_id, "delete")
        await self.ledgers.delete(ledger)
        await self.ledgers.commit()

    async def _find(self, ledger_id: UUID, action: access.Action) -> Ledger:
        access.admit(self.actor, action, Ledger)
        ledger = await self.ledgers.get(ledger_id, to_change=action != "read")
        if ledger is None:
            raise NotFound
        access.authorize(self.actor, action, ledger)
        return ledger
