"""What can be done with categories, and by whom."""

from uuid import UUID

from app.categories.model import Category
from app.categories.repository import CategoryRepository
from app.categories.schema import CategoryCreate, CategoryUpdate
from app.core import access
from app.core.errors import NotFound
from app.core.fields import sent
from app.core.listing import ListPage, ListQuery


class CategoryService:
    def __init__(self, categories: CategoryRepository, actor: access.Actor) -> None:
        self.categories = categories
        self.actor = actor

    async def page(self, query: ListQuery) -> ListPage[Category]:
        access.admit(self.actor, "list", Category)
        return await self.categories.page(query, self.actor)

    async def get(self, category_id: UUID) -> Category:
        return await self._find(category_id, "read")

    async def create(self, data: CategoryCreate) -> Category:
        access.admit(self.actor, "create", Category)
        values = await self.categories.resolve(dict(data), self.actor)
        category = Category(**values)
        self.categories.add(category)
        await self.categories.commit()
        return category

    async def update(self, category_id: UUID, data: CategoryUpdate) -> Category:
        category = await self._find(category_id, "update")
        values = await self.categories.resolve(sent(data), self.actor)
        self.categories.change(category, values)
        await self.categories.commit()
        return category

    async def delete(self, category_id: UUID) -> None:
        category = await self._find(category_id, "delete")
        await self.categories.delete(category)
        await self.categories.commit()

    async def _find(self, category_id: UUID, action: access.Action) -> Category:
        access.admit(self.actor, action, Category)
        category = await self.categories.get(category_id, to_change=action != "read")
        if category is None:
            raise NotFound
        access.authorize(self.actor, action, category)
        return category
