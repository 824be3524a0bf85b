from typing import Annotated

from fastapi import Depends, Response

from app.core.access import ANONYMOUS
from app.core.database import SessionDep
from app.core.fields import PathUuid
from app.core.headers import headers
from app.core.listing import ListQuery, no_parameters
from app.core.openapi import PREFIX
from app.core.problems import responses
from app.core.routing import Router
from app.notices.repository import LISTING, NoticeRepository
from app.notices.schema import NoticeCreate, NoticePage, NoticeRead, NoticeUpdate
from app.notices.service import NoticeService

router = Router(prefix="/notices", tags=["Notices"])


async def notice_service(session: SessionDep) -> NoticeService:
    return NoticeService(NoticeRepository(session), ANONYMOUS)


NoticeServiceDep = Annotated[NoticeService, Depends(notice_service)]
ListQueryDep = Annotated[ListQuery, Depends(LISTING)]


@router.get("", operation_id="listNotices", openapi_extra=LISTING.openapi)
async def list_notices(notices: NoticeServiceDep, query: ListQueryDep) -> NoticePage:
    return NoticePage.model_validate(await notices.page(query))


@router.post(
    "",
    operation_id="createNotice",
    status_code=201,
    responses=responses(409) | headers(201, "Location"),
    dependencies=[Depends(no_parameters)],
)
async def create_notice(
    data: NoticeCreate,
    notices: NoticeServiceDep,
    response: Response,
) -> NoticeRead:
    notice = await notices.create(data)
    response.headers["Location"] = f"{PREFIX}{router.prefix}/{notice.id}"
    return NoticeRead.model_validate(notice)


@router.get(
    "/{notice_id}",
    operation_id="getNotice",
    responses=responses(404, 422),
    dependencies=[Depends(no_parameters)],
)
async def get_notice(notice_id: PathUuid, notices: NoticeServiceDep) -> NoticeRead:
    return NoticeRead.model_validate(await notices.get(notice_id))


@router.patch(
    "/{notice_id}",
    operation_id="updateNotice",
    responses=responses(404, 409),
    dependencies=[Depends(no_parameters)],
)
async def update_notice(
    notice_id: PathUuid,
    data: NoticeUpdate,
    notices: NoticeServiceDep,
) -> NoticeRead:
    return NoticeRead.model_validate(await notices.update(notice_id, data))


@router.delete(
    "/{notice_id}",
    operation_id="deleteNotice",
    status_code=204,
    responses=responses(404, 409, 422),
    dependencies=[Depends(no_parameters)],
)
async def delete_notice(notice_id: PathUuid, notices: NoticeServiceDep) -> None:
    await notices.delete(notice_id)
