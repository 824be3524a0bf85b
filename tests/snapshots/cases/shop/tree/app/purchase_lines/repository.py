from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository, ToOne
from app.products.model import Product
from app.purchase_lines.model import PurchaseLine
from app.purchases.model import Purchase

LISTING = ListParameters(
    PurchaseLine,
    columns={
        "id": filters.UUID,
        "owner_id": filters.UUID,
        "purchase_id": filters.UUID,
        "product_id": filters.UUID,
        "quantity": filters.INT,
        "unit_price": filters.decimal(10, 2),
        "created_at": filters.DATETIME,
        "updated_at": filters.DATETIME,
    },
    sort="-created_at",
)


class PurchaseLineRepository(BaseRepository[PurchaseLine]):
    model = PurchaseLine
    to_one = (ToOne("purchase_id", Purchase), ToOne("product_id", Product))
