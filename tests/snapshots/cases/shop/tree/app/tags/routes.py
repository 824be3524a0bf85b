from typing import Annotated

from fastapi import Depends, Response

from app.auth.dependencies import ActorDep, signed_in
from app.core.database import SessionDep
from app.core.fields import PathInt
from app.core.headers import headers
from app.core.listing import ListQuery, no_parameters
from app.core.openapi import PREFIX
from app.core.problems import responses
from app.core.routing import Router
from app.tags.repository import LISTING, TagRepository
from app.tags.schema import TagCreate, TagPage, TagRead, TagUpdate
from app.tags.service import TagService

router = Router(prefix="/tags", tags=["Tags"])


async def tag_service(session: SessionDep, actor: ActorDep) -> TagService:
    return TagService(TagRepository(session), actor)


TagServiceDep = Annotated[TagService, Depends(tag_service)]
ListQueryDep = Annotated[ListQuery, Depends(LISTING)]


@router.get("", operation_id="listTags", openapi_extra=LISTING.openapi, responses=responses(401))
async def list_tags(tags: TagServiceDep, query: ListQueryDep) -> TagPage:
    return TagPage.model_validate(await tags.page(query))


@router.post(
    "",
    operation_id="createTag",
    status_code=201,
    responses=responses(403, 409) | headers(201, "Location"),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def create_tag(data: TagCreate, tags: TagServiceDep, response: Response) -> TagRead:
    tag = await tags.create(data)
    response.headers["Location"] = f"{PREFIX}{router.prefix}/{tag.id}"
    return TagRead.model_validate(tag)


@router.get(
    "/{tag_id}",
    operation_id="getTag",
    responses=responses(401, 404, 422),
    dependencies=[Depends(no_parameters)],
)
async def get_tag(tag_id: PathInt, tags: TagServiceDep) -> TagRead:
    return TagRead.model_validate(await tags.get(tag_id))


@router.patch(
    "/{tag_id}",
    operation_id="updateTag",
    responses=responses(403, 404, 409),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def update_tag(tag_id: PathInt, data: TagUpdate, tags: TagServiceDep) -> TagRead:
    return TagRead.model_validate(await tags.update(tag_id, data))


@router.delete(
    "/{tag_id}",
    operation_id="deleteTag",
    status_code=204,
    responses=responses(403, 404, 409, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def delete_tag(tag_id: PathInt, tags: TagServiceDep) -> None:
    await tags.delete(tag_id)
