"""Every resource: import one here, and its table and its views are known."""

from apiflask import APIBlueprint

from app.comments import routes as comments
from app.posts import routes as posts
from app.tags import routes as tags

BLUEPRINTS: list[APIBlueprint] = [
    comments.bp,
    posts.bp,
    tags.bp,
]
