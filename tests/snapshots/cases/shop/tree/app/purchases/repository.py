from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository, ToOne
from app.customers.model import Customer
from app.purchases.model import Purchase, PurchaseStatus
from app.users.model import User

LISTING = ListParameters(
    Purchase,
    columns={
        "id": filters.UUID,
        "owner_id": filters.UUID,
        "number": filters.STRING,
        "customer_id": filters.UUID,
        "status": filters.choice(PurchaseStatus),
        "paid_at": filters.DATETIME,
        "note": filters.TEXT,
        "handled_by_id": filters.UUID,
        "created_at": filters.DATETIME,
        "updated_at": filters.DATETIME,
    },
    sort="-created_at",
)


class PurchaseRepository(BaseRepository[Purchase]):
    model = Purchase
    to_one = (ToOne("customer_id", Customer), ToOne("handled_by_id", User))
