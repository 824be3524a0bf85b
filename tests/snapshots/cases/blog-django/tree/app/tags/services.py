"""What can be done with tags beyond what all resources share."""

from app.core.services import Service
from app.tags.models import Tag


class TagService(Service[Tag]):
    model = Tag
