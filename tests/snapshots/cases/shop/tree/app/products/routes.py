from typing import Annotated

from fastapi import Depends, Response

from app.auth.dependencies import ActorDep, signed_in
from app.core.database import SessionDep
from app.core.fields import PathUuid
from app.core.headers import headers
from app.core.listing import ListQuery, no_parameters
from app.core.openapi import PREFIX
from app.core.problems import responses
from app.core.routing import Router
from app.core.versions import IF_MATCH, ExpectedDep, etag
from app.products.repository import LISTING, ProductRepository
from app.products.schema import ProductCreate, ProductPage, ProductRead, ProductUpdate
from app.products.service import ProductService

router = Router(prefix="/products", tags=["Products"])


async def product_service(session: SessionDep, actor: ActorDep) -> ProductService:
    return ProductService(ProductRepository(session), actor)


ProductServiceDep = Annotated[ProductService, Depends(product_service)]
ListQueryDep = Annotated[ListQuery, Depends(LISTING)]


@router.get(
    "",
    operation_id="listProducts",
    openapi_extra=LISTING.openapi,
    responses=responses(401),
)
async def list_products(products: ProductServiceDep, query: ListQueryDep) -> ProductPage:
    return ProductPage.model_validate(await products.page(query))


@router.post(
    "",
    operation_id="createProduct",
    status_code=201,
    responses=responses(403, 409) | headers(201, "Location", "ETag"),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def create_product(
    data: ProductCreate,
    products: ProductServiceDep,
    response: Response,
) -> ProductRead:
    product = await products.create(data)
    response.headers["Location"] = f"{PREFIX}{router.prefix}/{product.id}"
    response.headers["ETag"] = etag(product)
    return ProductRead.model_validate(product)


@router.get(
    "/{product_id}",
    operation_id="getProduct",
    responses=responses(401, 404, 422) | headers(200, "ETag"),
    dependencies=[Depends(no_parameters)],
)
async def get_product(
    product_id: PathUuid,
    products: ProductServiceDep,
    response: Response,
) -> ProductRead:
    product = await products.get(product_id)
    response.headers["ETag"] = etag(product)
    return ProductRead.model_validate(product)


@router.patch(
    "/{product_id}",
    operation_id="updateProduct",
    openapi_extra=IF_MATCH,
    responses=responses(403, 404, 409, 412, 428) | headers(200, "ETag"),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def update_product(
    product_id: PathUuid,
    data: ProductUpdate,
    products: ProductServiceDep,
    expected: ExpectedDep,
    response: Response,
) -> ProductRead:
    product = await products.update(product_id, data, expected)
    response.headers["ETag"] = etag(product)
    return ProductRead.model_validate(product)


@router.delete(
    "/{product_id}",
    operation_id="deleteProduct",
    status_code=204,
    openapi_extra=IF_MATCH,
    responses=responses(403, 404, 409, 422, 412, 428),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def delete_product(
    product_id: PathUuid,
    products: ProductServiceDep,
    expected: ExpectedDep,
) -> None:
    await products.delete(product_id, expected)
