from typing import Annotated

from fastapi import Depends, Response

from app.auth.dependencies import ActorDep, signed_in
from app.blog_tags.repository import LISTING, BlogTagRepository
from app.blog_tags.schema import BlogTagCreate, BlogTagPage, BlogTagRead, BlogTagUpdate
from app.blog_tags.service import BlogTagService
from app.core.database import SessionDep
from app.core.fields import PathInt
from app.core.headers import headers
from app.core.listing import ListQuery, no_parameters
from app.core.openapi import PREFIX
from app.core.problems import responses
from app.core.routing import Router

router = Router(prefix="/blog-tags", tags=["Blog tags"])


async def blog_tag_service(session: SessionDep, actor: ActorDep) -> BlogTagService:
    return BlogTagService(BlogTagRepository(session), actor)


BlogTagServiceDep = Annotated[BlogTagService, Depends(blog_tag_service)]
ListQueryDep = Annotated[ListQuery, Depends(LISTING)]


@router.get(
    "",
    operation_id="listBlogTags",
    openapi_extra=LISTING.openapi,
    dependencies=[Depends(signed_in)],
)
async def list_blog_tags(blog_tags: BlogTagServiceDep, query: ListQueryDep) -> BlogTagPage:
    return BlogTagPage.model_validate(await blog_tags.page(query))


@router.post(
    "",
    operation_id="createBlogTag",
    status_code=201,
    responses=responses(409) | headers(201, "Location"),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def create_blog_tag(
    data: BlogTagCreate,
    blog_tags: BlogTagServiceDep,
    response: Response,
) -> BlogTagRead:
    blog_tag = await blog_tags.create(data)
    response.headers["Location"] = f"{PREFIX}{router.prefix}/{blog_tag.id}"
    return BlogTagRead.model_validate(blog_tag)


@router.get(
    "/{blog_tag_id}",
    operation_id="getBlogTag",
    responses=responses(404, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def get_blog_tag(blog_tag_id: PathInt, blog_tags: BlogTagServiceDep) -> BlogTagRead:
    return BlogTagRead.model_validate(await blog_tags.get(blog_tag_id))


@router.patch(
    "/{blog_tag_id}",
    operation_id="updateBlogTag",
    responses=responses(403, 404, 409),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def update_blog_tag(
    blog_tag_id: PathInt,
    data: BlogTagUpdate,
    blog_tags: BlogTagServiceDep,
) -> BlogTagRead:
    return BlogTagRead.model_validate(await blog_tags.update(blog_tag_id, data))


@router.delete(
    "/{blog_tag_id}",
    operation_id="deleteBlogTag",
    status_code=204,
    responses=responses(403, 404, 409, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def delete_blog_tag(blog_tag_id: PathInt, blog_tags: BlogTagServiceDep) -> None:
    await blog_tags.delete(blog_tag_id)
