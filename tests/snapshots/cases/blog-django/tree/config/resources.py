"""Every resource: name one here, and its app is installed and its paths are known."""

RESOURCES: list[str] = [
    "app.comments",
    "app.posts",
    "app.tags",
]
