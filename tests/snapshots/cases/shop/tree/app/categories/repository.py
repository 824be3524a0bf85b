from app.categories.model import Category
from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository, ToOne
from app.products.model import Product

LISTING = ListParameters(
    Category,
    columns={
        "id": filters.UUID,
        "name": filters.STRING,
        "parent_id": filters.UUID,
        "featured_id": filters.UUID,
        "created_at": filters.DATETIME,
        "updated_at": filters.DATETIME,
    },
    sort="-created_at",
)


class CategoryRepository(BaseRepository[Category]):
    model = Category
    to_one = (ToOne("parent_id", Category), ToOne("featured_id", Product))
