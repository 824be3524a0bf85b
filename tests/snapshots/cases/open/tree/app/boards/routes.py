from typing import Annotated

from fastapi import Depends, Response

from app.boards.repository import LISTING, BoardRepository
from app.boards.schema import BoardCreate, BoardPage, BoardRead, BoardUpdate
from app.boards.service import BoardService
from app.core.access import ANONYMOUS
from app.core.database import SessionDep
from app.core.fields import PathUuid
from app.core.headers import headers
from app.core.listing import ListQuery, no_parameters
from app.core.openapi import PREFIX
from app.core.problems import responses
from app.core.routing import Router

router = Router(prefix="/boards", tags=["Boards"])


async def board_service(session: SessionDep) -> BoardService:
    return BoardService(BoardRepository(session), ANONYMOUS)


BoardServiceDep = Annotated[BoardService, Depends(board_service)]
ListQueryDep = Annotated[ListQuery, Depends(LISTING)]


@router.get("", operation_id="listBoards", openapi_extra=LISTING.openapi)
async def list_boards(boards: BoardServiceDep, query: ListQueryDep) -> BoardPage:
    return BoardPage.model_validate(await boards.page(query))


@router.post(
    "",
    operation_id="createBoard",
    status_code=201,
    responses=responses(409) | headers(201, "Location"),
    dependencies=[Depends(no_parameters)],
)
async def create_board(
    data: BoardCreate,
    boards: BoardServiceDep,
    response: Response,
) -> BoardRead:
    board = await boards.create(data)
    response.headers["Location"] = f"{PREFIX}{router.prefix}/{board.id}"
    return BoardRead.model_validate(board)


@router.get(
    "/{board_id}",
    operation_id="getBoard",
    responses=responses(404, 422),
    dependencies=[Depends(no_parameters)],
)
async def get_board(board_id: PathUuid, boards: BoardServiceDep) -> BoardRead:
    return BoardRead.model_validate(await boards.get(board_id))


@router.patch(
    "/{board_id}",
    operation_id="updateBoard",
    responses=responses(404, 409),
    dependencies=[Depends(no_parameters)],
)
async def update_board(
    board_id: PathUuid,
    data: BoardUpdate,
    boards: BoardServiceDep,
) -> BoardRead:
    return BoardRead.model_validate(await boards.update(board_id, data))


@router.delete(
    "/{board_id}",
    operation_id="deleteBoard",
    status_code=204,
    responses=responses(404, 409, 422),
    dependencies=[Depends(no_parameters)],
)
async def delete_board(board_id: PathUuid, boards: BoardServiceDep) -> None:
    await boards.delete(board_id)
