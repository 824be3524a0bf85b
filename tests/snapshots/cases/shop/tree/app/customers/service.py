"""What can be done with customers, and by whom."""

from uuid import UUID

from app.core import access
from app.core.errors import NotFound
from app.core.fields import sent
from app.core.listing import ListPage, ListQuery
from app.customers.model import Customer
from app.customers.repository import CustomerRepository
from app.customers.schema import CustomerCreate, CustomerUpdate


class CustomerService:
    def __init__(self, customers: CustomerRepository, actor: access.Actor) -> None:
        self.customers = customers
        self.actor = actor

    async def page(self, query: ListQuery) -> ListPage[Customer]:
        access.admit(self.actor, "list", Customer)
        return await self.customers.page(query, self.actor)

    async def get(self, customer_id: UUID) -> Customer:
        return await self._find(customer_id, "read")

    async def create(self, data: CustomerCreate) -> Customer:
        access.admit(self.actor, "create", Customer)
        values = await self.customers.resolve(dict(data), self.actor)
        customer = Customer(**values, owner_id=self.actor.id)
        self.customers.add(customer)
        await self.customers.commit()
        return customer

    async def update(self, customer_id: UUID, data: CustomerUpdate) -> Customer:
        customer = await self._find(customer_id, "update")
        values = await self.customers.resolve(sent(data), self.actor)
        self.customers.change(customer, values)
        await self.customers.commit()
        return customer

    async def delete(self, customer_id: UUID) -> None:
        customer = await self._find(customer_id, "delete")
        await self.customers.delete(customer)
        await self.customers.commit()

    async def _find(self, customer_id: UUID, action: access.Action) -> Customer:
        access.admit(self.actor, action, Customer)
        customer = await self.customers.get(customer_id, to_change=action != "read")
        if customer is None:
            raise NotFound
        access.authorize(self.actor, action, customer)
        return customer
