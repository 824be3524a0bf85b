"""What can be done with notices, and by whom."""

from uuid import UUID

from app.core import access
from app.core.errors import NotFound
from app.core.fields import sent
from app.core.listing import ListPage, ListQuery
from app.notices.model import Notice
from app.notices.repository import NoticeRepository
from app.notices.schema import NoticeCreate, NoticeUpdate


class NoticeService:
    def __init__(self, notices: NoticeRepository, actor: access.Actor) -> None:
        self.notices = notices
        self.actor = actor

    async def page(self, query: ListQuery) -> ListPage[Notice]:
        access.admit(self.actor, "list", Notice)
        return await self.notices.page(query, self.actor)

    async def get(self, notice_id: UUID) -> Notice:
        return await self._find(notice_id, "read")

    async def create(self, data: NoticeCreate) -> Notice:
        access.admit(self.actor, "create", Notice)
        values = await self.notices.resolve(dict(data), self.actor)
        notice = Notice(**values)
        self.notices.add(notice)
        await self.notices.commit()
        return notice

    async def update(self, notice_id: UUID, data: NoticeUpdate) -> Notice:
        notice = await self._find(notice_id, "update")
        values = await self.notices.resolve(sent(data), self.actor)
        self.notices.change(notice, values)
        await self.notices.commit()
        return notice

    async def delete(self, notice_id: UUID) -> None:
        notice = await self._find(notice_id, "delete")
        await self.notices.delete(notice)
        await self.notices.commit()

    async def _find(self, notice_id: UUID, action: access.Action) -> Notice:
        access.admit(self.actor, action, Notice)
        notice = await self.notices.get(notice_id, to_change=action != "read")
        if notice is None:
            raise NotFound
        access.authorize(self.actor, action, notice)
        return notice
