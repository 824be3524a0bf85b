"""What can be done with products, and by whom."""

from uuid import UUID

from app.core import access
from app.core.errors import NotFound
from app.core.fields import sent
from app.core.listing import ListPage, ListQuery
from app.core.versions import Expected
from app.products.model import Product
from app.products.repository import ProductRepository
from app.products.schema import ProductCreate, ProductUpdate


class ProductService:
    def __init__(self, products: ProductRepository, actor: access.Actor) -> None:
        self.products = products
        self.actor = actor

    async def page(self, query: ListQuery) -> ListPage[Product]:
        access.admit(self.actor, "list", Product)
        return await self.products.page(query, self.actor)

    async def get(self, product_id: UUID) -> Product:
        return await self._find(product_id, "read")

    async def create(self, data: ProductCreate) -> Product:
        access.admit(self.actor, "create", Product)
        values = await self.products.resolve(dict(data), self.actor)
        product = Product(**values)
        self.products.add(product)
        await self.products.commit()
        return product

    async def update(self, product_id: UUID, data: ProductUpdate, expected: Expected) -> Product:
        product = await self._find(product_id, "update")
        expected.check(product)
        values = await self.products.resolve(sent(data), self.actor)
        self.products.change(product, values)
        await self.products.commit()
        return product

    async def delete(self, product_id: UUID, expected: Expected) -> None:
        product = await self._find(product_id, "delete")
        expected.check(product)
        await self.products.delete(product)
        await self.products.commit()

    async def _find(self, product_id: UUID, action: access.Action) -> Product:
        access.admit(self.actor, action, Product)
        product = await self.products.get(product_id, to_change=action != "read")
        if product is None:
            raise NotFound
        access.authorize(self.actor, action, product)
        return product
