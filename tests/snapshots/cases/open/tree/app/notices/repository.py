from app.boards.model import Board
from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository, ToOne
from app.notices.model import Notice, NoticeKind

LISTING = ListParameters(
    Notice,
    columns={
        "id": filters.UUID,
        "title": filters.STRING,
        "body": filters.TEXT,
        "kind": filters.choice(NoticeKind),
        "price": filters.decimal(8, 2),
        "expires_on": filters.DATE,
        "contact": filters.EMAIL,
        "board_id": filters.UUID,
        "created_at": filters.DATETIME,
        "updated_at": filters.DATETIME,
    },
    search=["title", "body"],
    sort="-created_at",
)


class NoticeRepository(BaseRepository[Notice]):
    model = Notice
    to_one = (ToOne("board_id", Board),)
