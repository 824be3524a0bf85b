"""What can be done with addresses, and by whom."""

from uuid import UUID

from app.addresses.model import Address
from app.addresses.repository import AddressRepository
from app.addresses.schema import AddressCreate, AddressUpdate
from app.core import access
from app.core.errors import NotFound
from app.core.fields import sent
from app.core.listing import ListPage, ListQuery


class AddressService:
    def __init__(self, addresses: AddressRepository, actor: access.Actor) -> None:
        self.addresses = addresses
        self.actor = actor

    async def page(self, query: ListQuery) -> ListPage[Address]:
        access.admit(self.actor, "list", Address)
        return await self.addresses.page(query, self.actor)

    async def get(self, address_id: UUID) -> Address:
        return await self._find(address_id, "read")

    async def create(self, data: AddressCreate) -> Address:
        access.admit(self.actor, "create", Address)
        values = await self.addresses.resolve(dict(data), self.actor)
        address = Address(**values, owner_id=self.actor.id)
        self.addresses.add(address)
        await self.addresses.commit()
        return address

    async def update(self, address_id: UUID, data: AddressUpdate) -> Address:
        address = await self._find(address_id, "update")
        values = await self.addresses.resolve(sent(data), self.actor)
        self.addresses.change(address, values)
        await self.addresses.commit()
        return address

    async def delete(self, address_id: UUID) -> None:
        address = await self._find(address_id, "delete")
        await self.addresses.delete(address)
        await self.addresses.commit()

    async def _find(self, address_id: UUID, action: access.Action) -> Address:
        access.admit(self.actor, action, Address)
        address = await self.addresses.get(address_id, to_change=action != "read")
        if address is None:
            raise NotFound
        access.authorize(self.actor, action, address)
        return address
