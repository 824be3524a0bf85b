from app.addresses.model import Address
from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository, ToOne
from app.customers.model import Customer
from app.users.model import User

LISTING = ListParameters(
    Customer,
    columns={
        "id": filters.UUID,
        "owner_id": filters.UUID,
        "account_id": filters.UUID,
        "name": filters.STRING,
        "phone": filters.STRING,
        "billing_id": filters.UUID,
        "shipping_id": filters.UUID,
        "created_at": filters.DATETIME,
        "updated_at": filters.DATETIME,
    },
    sort="-created_at",
)


class CustomerRepository(BaseRepository[Customer]):
    model = Customer
    to_one = (
        ToOne("account_id", User),
        ToOne("billing_id", Address),
        ToOne("shipping_id", Address),
    )
