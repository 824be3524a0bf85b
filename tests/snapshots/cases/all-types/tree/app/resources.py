"""Every resource: import one here, and its table and its routes are known."""

from fastapi import APIRouter

from app.blog_tags import routes as blog_tags
from app.ledgers import routes as ledgers
from app.people import routes as people
from app.specimens import routes as specimens

ROUTERS: list[APIRouter] = [
    blog_tags.router,
    ledgers.router,
    people.router,
    specimens.router,
]
