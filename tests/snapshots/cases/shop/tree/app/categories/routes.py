from typing import Annotated

from fastapi import Depends, Response

from app.auth.dependencies import ActorDep, signed_in
from app.categories.repository import LISTING, CategoryRepository
from app.categories.schema import CategoryCreate, CategoryPage, CategoryRead, CategoryUpdate
from app.categories.service import CategoryService
from app.core.database import SessionDep
from app.core.fields import PathUuid
from app.core.headers import headers
from app.core.listing import ListQuery, no_parameters
from app.core.openapi import PREFIX
from app.core.problems import responses
from app.core.routing import Router

router = Router(prefix="/categories", tags=["Categories"])


async def category_service(session: SessionDep, actor: ActorDep) -> CategoryService:
    return CategoryService(CategoryRepository(session), actor)


CategoryServiceDep = Annotated[CategoryService, Depends(category_service)]
ListQueryDep = Annotated[ListQuery, Depends(LISTING)]


@router.get(
    "",
    operation_id="listCategories",
    openapi_extra=LISTING.openapi,
    responses=responses(401),
)
async def list_categories(categories: CategoryServiceDep, query: ListQueryDep) -> CategoryPage:
    return CategoryPage.model_validate(await categories.page(query))


@router.post(
    "",
    operation_id="createCategory",
    status_code=201,
    responses=responses(403, 409) | headers(201, "Location"),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def create_category(
    data: CategoryCreate,
    categories: CategoryServiceDep,
    response: Response,
) -> CategoryRead:
    category = await categories.create(data)
    response.headers["Location"] = f"{PREFIX}{router.prefix}/{category.id}"
    return CategoryRead.model_validate(category)


@router.get(
    "/{category_id}",
    operation_id="getCategory",
    responses=responses(401, 404, 422),
    dependencies=[Depends(no_parameters)],
)
async def get_category(category_id: PathUuid, categories: CategoryServiceDep) -> CategoryRead:
    return CategoryRead.model_validate(await categories.get(category_id))


@router.patch(
    "/{category_id}",
    operation_id="updateCategory",
    responses=responses(403, 404, 409),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def update_category(
    category_id: PathUuid,
    data: CategoryUpdate,
    categories: CategoryServiceDep,
) -> CategoryRead:
    return CategoryRead.model_validate(await categories.update(category_id, data))


@router.delete(
    "/{category_id}",
    operation_id="deleteCategory",
    status_code=204,
    responses=responses(403, 404, 409, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def delete_category(category_id: PathUuid, categories: CategoryServiceDep) -> None:
    await categories.delete(category_id)
