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
from app.customers.repository import LISTING, CustomerRepository
from app.customers.schema import CustomerCreate, CustomerPage, CustomerRead, CustomerUpdate
from app.customers.service import CustomerService

router = Router(prefix="/customers", tags=["Customers"])


async def customer_service(session: SessionDep, actor: ActorDep) -> CustomerService:
    return CustomerService(CustomerRepository(session), actor)


CustomerServiceDep = Annotated[CustomerService, Depends(customer_service)]
ListQueryDep = Annotated[ListQuery, Depends(LISTING)]


@router.get(
    "",
    operation_id="listCustomers",
    openapi_extra=LISTING.openapi,
    dependencies=[Depends(signed_in)],
)
async def list_customers(customers: CustomerServiceDep, query: ListQueryDep) -> CustomerPage:
    return CustomerPage.model_validate(await customers.page(query))


@router.post(
    "",
    operation_id="createCustomer",
    status_code=201,
    responses=responses(409) | headers(201, "Location"),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def create_customer(
    data: CustomerCreate,
    customers: CustomerServiceDep,
    response: Response,
) -> CustomerRead:
    customer = await customers.create(data)
    response.headers["Location"] = f"{PREFIX}{router.prefix}/{customer.id}"
    return CustomerRead.model_validate(customer)


@router.get(
    "/{customer_id}",
    operation_id="getCustomer",
    responses=responses(404, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def get_customer(customer_id: PathUuid, customers: CustomerServiceDep) -> CustomerRead:
    return CustomerRead.model_validate(await customers.get(customer_id))


@router.patch(
    "/{customer_id}",
    operation_id="updateCustomer",
    responses=responses(403, 404, 409),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def update_customer(
    customer_id: PathUuid,
    data: CustomerUpdate,
    customers: CustomerServiceDep,
) -> CustomerRead:
    return CustomerRead.model_validate(await customers.update(customer_id, data))


@router.delete(
    "/{customer_id}",
    operation_id="deleteCustomer",
    status_code=204,
    responses=responses(403, 404, 409, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def delete_customer(customer_id: PathUuid, customers: CustomerServiceDep) -> None:
    await customers.delete(customer_id)
