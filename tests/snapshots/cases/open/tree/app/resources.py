"""Every resource: import one here, and its table and its routes are known."""

from fastapi import APIRouter

from app.boards import routes as boards
from app.notices import routes as notices

ROUTERS: list[APIRouter] = [
    boards.router,
    notices.router,
]
