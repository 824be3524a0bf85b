"""What can be done with blog tags, and by whom."""

from app.blog_tags.model import BlogTag
from app.blog_tags.repository import BlogTagRepository
from app.blog_tags.schema import BlogTagCreate, BlogTagUpdate
from app.core import access
from app.core.errors import NotFound
from app.core.fields import sent
from app.core.listing import ListPage, ListQuery


class BlogTagService:
    def __init__(self, blog_tags: BlogTagRepository, actor: access.Actor) -> None:
        self.blog_tags = blog_tags
        self.actor = actor

    async def page(self, query: ListQuery) -> ListPage[BlogTag]:
        access.admit(self.actor, "list", BlogTag)
        return await self.blog_tags.page(query, self.actor)

    async def get(self, blog_tag_id: int) -> BlogTag:
        return await self._find(blog_tag_id, "read")

    async def create(self, data: BlogTagCreate) -> BlogTag:
        access.admit(self.actor, "create", BlogTag)
        values = await self.blog_tags.resolve(dict(data), self.actor)
        blog_tag = BlogTag(**values, owner_id=self.actor.id)
        self.blog_tags.add(blog_tag)
        await self.blog_tags.commit()
        return blog_tag

    async def update(self, blog_tag_id: int, data: BlogTagUpdate) -> BlogTag:
        blog_tag = await self._find(blog_tag_id, "update")
        values = await self.blog_tags.resolve(sent(data), self.actor)
        self.blog_tags.change(blog_tag, values)
        await self.blog_tags.commit()
        return blog_tag

    async def delete(self, blog_tag_id: int) -> None:
        blog_tag = await self._find(blog_tag_id, "delete")
        await self.blog_tags.delete(blog_tag)
        await self.blog_tags.commit()

    async def _find(self, blog_tag_id: int, action: access.Action) -> BlogTag:
        access.admit(self.actor, action, BlogTag)
        blog_tag = await self.blog_tags.get(blog_tag_id, to_change=action != "read")
        if blog_tag is None:
            raise NotFound
        access.authorize(self.actor, action, blog_tag)
        return blog_tag
