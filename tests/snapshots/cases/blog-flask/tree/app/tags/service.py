"""What can be done with tags, and by whom."""

from uuid import UUID

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

    def page(self, query: ListQuery) -> ListPage[Tag]:
        access.admit(self.actor, "list", Tag)
        return self.tags.page(query, self.actor)

    def get(self, tag_id: UUID) -> Tag:
        return self._find(tag_id, "read")

    def create(self, data: TagCreate) -> Tag:
        access.admit(self.actor, "create", Tag)
        values = self.tags.resolve(dict(data), self.actor)
        tag = Tag(**values)
        self.tags.add(tag)
        self.tags.commit()
        return tag

    def update(self, tag_id: UUID, data: TagUpdate) -> Tag:
        tag = self._find(tag_id, "update")
        values = self.tags.resolve(sent(data), self.actor)
        self.tags.change(tag, values)
        self.tags.commit()
        return tag

    def delete(self, tag_id: UUID) -> None:
        tag = self._find(tag_id, "delete")
        self.tags.delete(tag)
        self.tags.commit()

    def _find(self, tag_id: UUID, action: access.Action) -> Tag:
        access.admit(self.actor, action, Tag)
        tag = self.tags.get(tag_id, to_change=action != "read")
        if tag is None:
            raise NotFound
        access.authorize(self.actor, action, tag)
        return tag
