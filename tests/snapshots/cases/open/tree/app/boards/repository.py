from app.boards.model import Board
from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository

LISTING = ListParameters(
    Board,
    columns={
        "id": filters.UUID,
        "name": filters.STRING,
        "description": filters.TEXT,
        "created_at": filters.DATETIME,
        "updated_at": filters.DATETIME,
    },
    sort="-created_at",
)


class BoardRepository(BaseRepository[Board]):
    model = Board
