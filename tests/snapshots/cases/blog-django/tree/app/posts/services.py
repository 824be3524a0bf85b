"""What can be done with posts beyond what all resources share."""

from app.core.services import Service
from app.posts.models import Post


class PostService(Service[Post]):
    model = Post
