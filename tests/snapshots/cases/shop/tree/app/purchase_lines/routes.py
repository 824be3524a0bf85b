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
from app.purchase_lines.repository import LISTING, PurchaseLineRepository
from app.purchase_lines.schema import (
    PurchaseLineCreate,
    PurchaseLinePage,
    PurchaseLineRead,
    PurchaseLineUpdate,
)
from app.purchase_lines.service import PurchaseLineService

router = Router(prefix="/purchase-lines", tags=["Purchase lines"])


async def purchase_line_service(session: SessionDep, actor: ActorDep) -> PurchaseLineService:
    return PurchaseLineService(PurchaseLineRepository(session), actor)


PurchaseLineServiceDep = Annotated[PurchaseLineService, Depends(purchase_line_service)]
ListQueryDep = Annotated[ListQuery, Depends(LISTING)]


@router.get(
    "",
    operation_id="listPurchaseLines",
    openapi_extra=LISTING.openapi,
    dependencies=[Depends(signed_in)],
)
async def list_purchase_lines(
    purchase_lines: PurchaseLineServiceDep,
    query: ListQueryDep,
) -> PurchaseLinePage:
    return PurchaseLinePage.model_validate(await purchase_lines.page(query))


@router.post(
    "",
    operation_id="createPurchaseLine",
    status_code=201,
    responses=responses(409) | headers(201, "Location"),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def create_purchase_line(
    data: PurchaseLineCreate,
    purchase_lines: PurchaseLineServiceDep,
    response: Response,
) -> PurchaseLineRead:
    purchase_line = await purchase_lines.create(data)
    response.headers["Location"] = f"{PREFIX}{router.prefix}/{purchase_line.id}"
    return PurchaseLineRead.model_validate(purchase_line)


@router.get(
    "/{purchase_line_id}",
    operation_id="getPurchaseLine",
    responses=responses(404, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def get_purchase_line(
    purchase_line_id: PathUuid,
    purchase_lines: PurchaseLineServiceDep,
) -> PurchaseLineRead:
    return PurchaseLineRead.model_validate(await purchase_lines.get(purchase_line_id))


@router.patch(
    "/{purchase_line_id}",
    operation_id="updatePurchaseLine",
    responses=responses(403, 404, 409),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def update_purchase_line(
    purchase_line_id: PathUuid,
    data: PurchaseLineUpdate,
    purchase_lines: PurchaseLineServiceDep,
) -> PurchaseLineRead:
    return PurchaseLineRead.model_validate(await purchase_lines.update(purchase_line_id, data))


@router.delete(
    "/{purchase_line_id}",
    operation_id="deletePurchaseLine",
    status_code=204,
    responses=responses(403, 404, 409, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def delete_purchase_line(
    purchase_line_id: PathUuid,
    purchase_lines: PurchaseLineServiceDep,
) -> None:
    await purchase_lines.delete(purchase_line_id)
