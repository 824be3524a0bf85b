"""What can be done with tags, and by whom."""

from app.core import access
from app.core.errors import NotFound
from app.core.fields import sent
from app.core.listing import ListPage, ListQuery
from app.tags.model import Tag
from app.tags.repository import TagRepository
from app.tags.schema import TagCreate, TagUpdate


class TagService:
    def __init__(self, tags: TagRepository, actor: access.Actor) -> None:
        self.tags = tags
        self.actor = actor

    async def page(self, query: ListQuery) -> ListPage[Tag]:
        access.admit(self.actor, "list", Tag)
        return await self.tags.page(query, self.actor)

    async def get(self, tag_id: int) -> Tag:
        return await self._find(tag_id, "read")

    async def create(self, data: TagCreate) -> Tag:
        access.admit(self.actor, "create", Tag)
        values = await self.tags.resolve(dict(data), self.actor)
        tag = Tag(**values)
        self.tags.add(tag)
        await self.tags.commit()
        return tag

    async def update(self, tag_id: int, data: TagUpdate) -> Tag:
        tag = await self._find(tag_id, "update")
        values = await self.tags.resolve(sent(data), self.actor)
        self.tags.change(tag, values)
        await self.tags.commit()
        return tag

    async def delete(self, tag_id: int) -> None:
        tag = await self._find(tag_id, "delete")
        await self.tags.delete(tag)
        await self.tags.commit()

    async def _find(self, tag_id: int, action: access.Action) -> Tag:
        access.admit(self.actor, action, Tag)
        tag = await self.tags.get(tag_id, to_change=action != "read")
        if tag is None:
            raise NotFound
        access.authorize(self.actor, action, tag)
        return tag
