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
from app.ledgers.repository import LISTING, LedgerRepository
from app.ledgers.schema import LedgerCreate, LedgerPage, LedgerRead, LedgerUpdate
from app.ledgers.service import LedgerService

router = Router(prefix="/ledgers", tags=["Ledgers"])


async def ledger_service(session: SessionDep, actor: ActorDep) -> LedgerService:
    return LedgerService(LedgerRepository(session), actor)


LedgerServiceDep = Annotated[LedgerService, Depends(ledger_service)]
ListQueryDep = Annotated[ListQuery, Depends(LISTING)]


@router.get(
    "",
    operation_id="listLedgers",
    openapi_extra=LISTING.openapi,
    responses=responses(403),
    dependencies=[Depends(signed_in)],
)
async def list_ledgers(ledgers: LedgerServiceDep, query: ListQueryDep) -> LedgerPage:
    return LedgerPage.model_validate(await ledgers.page(query))


@router.post(
    "",
    operation_id="createLedger",
    status_code=201,
    responses=responses(403, 409) | headers(201, "Location"),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def create_ledger(
    data: LedgerCreate,
    ledgers: LedgerServiceDep,
    response: Response,
) -> LedgerRead:
    ledger = await ledgers.create(data)
    response.headers["Location"] = f"{PREFIX}{router.prefix}/{ledger.id}"
    return LedgerRead.model_validate(ledger)


@router.get(
    "/{ledger_id}",
    operation_id="getLedger",
    responses=responses(403, 404, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def get_ledger(ledger_id: PathUuid, ledgers: LedgerServiceDep) -> LedgerRead:
    return LedgerRead.model_validate(await ledgers.get(ledger_id))


@router.patch(
    "/{ledger_id}",
    operation_id="updateLedger",
    responses=responses(403, 404, 409),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def update_ledger(
    ledger_id: PathUuid,
    data: LedgerUpdate,
    ledgers: LedgerServiceDep,
) -> LedgerRead:
    return LedgerRead.model_validate(await ledgers.update(ledger_id, data))


@router.delete(
    "/{ledger_id}",
    operation_id="deleteLedger",
    status_code=204,
    responses=responses(403, 404, 409, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def delete_ledger(ledger_id: PathUuid, ledgers: LedgerServiceDep) -> None:
    await ledgers.delete(ledger_id)
