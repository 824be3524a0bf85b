from typing import Annotated

from fastapi import Depends, Response

from app.addresses.repository import LISTING, AddressRepository
from app.addresses.schema import AddressCreate, AddressPage, AddressRead, AddressUpdate
from app.addresses.service import AddressService
from app.auth.dependencies import ActorDep, signed_in
from app.core.database import SessionDep
from app.core.fields import PathUuid
from app.core.headers import headers
from app.core.listing import ListQuery, no_parameters
from app.core.openapi import PREFIX
from app.core.problems import responses
from app.core.routing import Router

router = Router(prefix="/addresses", tags=["Addresses"])


async def address_service(session: SessionDep, actor: ActorDep) -> AddressService:
    return AddressService(AddressRepository(session), actor)


AddressServiceDep = Annotated[AddressService, Depends(address_service)]
ListQueryDep = Annotated[ListQuery, Depends(LISTING)]


@router.get(
    "",
    operation_id="listAddresses",
    openapi_extra=LISTING.openapi,
    dependencies=[Depends(signed_in)],
)
async def list_addresses(addresses: AddressServiceDep, query: ListQueryDep) -> AddressPage:
    return AddressPage.model_validate(await addresses.page(query))


@router.post(
    "",
    operation_id="createAddress",
    status_code=201,
    responses=responses(409) | headers(201, "Location"),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def create_address(
    data: AddressCreate,
    addresses: AddressServiceDep,
    response: Response,
) -> AddressRead:
    address = await addresses.create(data)
    response.headers["Location"] = f"{PREFIX}{router.prefix}/{address.id}"
    return AddressRead.model_validate(address)


@router.get(
    "/{address_id}",
    operation_id="getAddress",
    responses=responses(404, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def get_address(address_id: PathUuid, addresses: AddressServiceDep) -> AddressRead:
    return AddressRead.model_validate(await addresses.get(address_id))


@router.patch(
    "/{address_id}",
    operation_id="updateAddress",
    responses=responses(403, 404, 409),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def update_address(
    address_id: PathUuid,
    data: AddressUpdate,
    addresses: AddressServiceDep,
) -> AddressRead:
    return AddressRead.model_validate(await addresses.update(address_id, data))


@router.delete(
    "/{address_id}",
    operation_id="deleteAddress",
    status_code=204,
    responses=responses(403, 404, 409, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def delete_address(address_id: PathUuid, addresses: AddressServiceDep) -> None:
    await addresses.delete(address_id)
