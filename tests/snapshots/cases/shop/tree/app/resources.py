"""Every resource: import one here, and its table and its routes are known."""

from fastapi import APIRouter

from app.addresses import routes as addresses
from app.categories import routes as categories
from app.customers import routes as customers
from app.products import routes as products
from app.purchase_lines import routes as purchase_lines
from app.purchases import routes as purchases
from app.reviews import routes as reviews
from app.tags import routes as tags

ROUTERS: list[APIRouter] = [
    addresses.router,
    categories.router,
    customers.router,
    products.router,
    purchase_lines.router,
    purchases.router,
    reviews.router,
    tags.router,
]
