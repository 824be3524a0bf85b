"""What can be done with boards, and by whom."""

from uuid import UUID

from app.boards.model import Board
from app.boards.repository import BoardRepository
from app.boards.schema import BoardCreate, BoardUpdate
from app.core import access
from app.core.errors import NotFound
from app.core.fields import sent
from app.core.listing import ListPage, ListQuery


class BoardService:
    def __init__(self, boards: BoardRepository, actor: access.Actor) -> None:
        self.boards = boards
        self.actor = actor

    async def page(self, query: ListQuery) -> ListPage[Board]:
        access.admit(self.actor, "list", Board)
        return await self.boards.page(query, self.actor)

    async def get(self, board_id: UUID) -> Board:
        return await self._find(board_id, "read")

    async def create(self, data: BoardCreate) -> Board:
        access.admit(self.actor, "create", Board)
        values = await self.boards.resolve(dict(data), self.actor)
        board = Board(**values)
        self.boards.add(board)
        await self.boards.commit()
        return board

    async def update(self, board_id: UUID, data: BoardUpdate) -> Board:
        board = await self._find(board_id, "update")
        values = await self.boards.resolve(sent(data), self.actor)
        self.boards.change(board, values)
        await self.boards.commit()
        return board

    async def delete(self, board_id: UUID) -> None:
        board = await self._find(board_id, "delete")
        await self.boards.delete(board)
        await self.boards.commit()

    async def _find(self, board_id: UUID, action: access.Action) -> Board:
        access.admit(self.actor, action, Board)
        board = await self.boards.get(board_id, to_change=action != "read")
        if board is None:
            raise NotFound
        access.authorize(self.actor, action, board)
        return board
