from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository, ToOne
from app.products.model import Product
from app.reviews.model import Review

LISTING = ListParameters(
    Review,
    columns={
        "id": filters.UUID,
        "owner_id": filters.UUID,
        "product_id": filters.UUID,
        "stars": filters.INT,
        "body": filters.TEXT,
        "created_at": filters.DATETIME,
        "updated_at": filters.DATETIME,
    },
    search=["body"],
    sort="-created_at",
)


class ReviewRepository(BaseRepository[Review]):
    model = Review
    to_one = (ToOne("product_id", Product),)
