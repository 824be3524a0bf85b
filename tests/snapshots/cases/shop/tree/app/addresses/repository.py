from app.addresses.model import Address
from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository

LISTING = ListParameters(
    Address,
    columns={
        "id": filters.UUID,
        "owner_id": filters.UUID,
        "street": filters.STRING,
        "city": filters.STRING,
        "postcode": filters.STRING,
        "country": filters.STRING,
        "created_at": filters.DATETIME,
        "updated_at": filters.DATETIME,
    },
    sort="-created_at",
)


class AddressRepository(BaseRepository[Address]):
    model = Address
