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
from app.purchases.repository import LISTING, PurchaseRepository
from app.purchases.schema import PurchaseCreate, PurchasePage, PurchaseRead, PurchaseUpdate
from app.purchases.service import PurchaseService

router = Router(prefix="/purchases", tags=["Purchases"])


async def purchase_service(session: SessionDep, actor: ActorDep) -> PurchaseService:
    return PurchaseService(PurchaseRepository(session), actor)


PurchaseServiceDep = Annotated[PurchaseService, Depends(purchase_service)]
ListQueryDep = Annotated[ListQuery, Depends(LISTING)]


@router.get(
    "",
    operation_id="listPurchases",
    openapi_extra=LISTING.openapi,
    dependencies=[Depends(signed_in)],
)
async def list_purchases(purchases: PurchaseServiceDep, query: ListQueryDep) -> PurchasePage:
    return PurchasePage.model_validate(await purchases.page(query))


@router.post(
    "",
    operation_id="createPurchase",
    status_code=201,
    responses=responses(409) | headers(201, "Location"),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def create_purchase(
    data: PurchaseCreate,
    purchases: PurchaseServiceDep,
    response: Response,
) -> PurchaseRead:
    purchase = await purchases.create(data)
    response.headers["Location"] = f"{PREFIX}{router.prefix}/{purchase.id}"
    return PurchaseRead.model_validate(purchase)


@router.get(
    "/{purchase_id}",
    operation_id="getPurchase",
    responses=responses(404, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def get_purchase(purchase_id: PathUuid, purchases: PurchaseServiceDep) -> PurchaseRead:
    return PurchaseRead.model_validate(await purchases.get(purchase_id))


@router.patch(
    "/{purchase_id}",
    operation_id="updatePurchase",
    responses=responses(403, 404, 409),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def update_purchase(
    purchase_id: PathUuid,
    data: PurchaseUpdate,
    purchases: PurchaseServiceDep,
) -> PurchaseRead:
    return PurchaseRead.model_validate(await purchases.update(purchase_id, data))


@router.delete(
    "/{purchase_id}",
    operation_id="deletePurchase",
    status_code=204,
    responses=responses(403, 404, 409, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def delete_purchase(purchase_id: PathUuid, purchases: PurchaseServiceDep) -> None:
    await purchases.delete(purchase_id)
