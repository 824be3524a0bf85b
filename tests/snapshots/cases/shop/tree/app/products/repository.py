from sqlalchemy.orm import selectinload

from app.categories.model import Category
from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository, ToMany, ToOne
from app.products.model import Product, products_related, products_tags
from app.tags.model import Tag

LISTING = ListParameters(
    Product,
    columns={
        "id": filters.UUID,
        "sku": filters.STRING,
        "name": filters.STRING,
        "description": filters.TEXT,
        "price": filters.decimal(10, 2),
        "stock": filters.INT,
        "discontinued": filters.BOOL,
        "category_id": filters.UUID,
        "created_at": filters.DATETIME,
        "updated_at": filters.DATETIME,
    },
    many={
        "tag_ids": filters.Every(products_tags.c.product_id, products_tags.c.tag_id, filters.ID),
        "related_ids": filters.Every(
            products_related.c.product_id,
            products_related.c.related_id,
            filters.UUID,
        ),
    },
    search=["name", "description"],
    sort="-created_at",
)


class ProductRepository(BaseRepository[Product]):
    model = Product
    options = (
        selectinload(Product.tags).load_only(Tag.id),
        selectinload(Product.related).load_only(Product.id),
    )
    to_one = (ToOne("category_id", Category),)
    to_many = (ToMany("tag_ids", "tags", Tag), ToMany("related_ids", "related", Product))
