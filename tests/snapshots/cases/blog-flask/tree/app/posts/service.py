"""What can be done with posts, and by whom."""

from uuid import UUID

from app.core import access
from app.core.errors import NotFound
from app.core.fields import sent
from app.core.listing import ListPage, ListQuery
from app.posts.model import Post
from app.posts.repository import PostRepository
from app.posts.schema import PostCreate, PostUpdate


class PostService:
    def __init__(self, posts: PostRepository, actor: access.Actor) -> None:
        self.posts = posts
        self.actor = actor

    def page(self, query: ListQuery) -> ListPage[Post]:
        access.admit(self.actor, "list", Post)
        return self.posts.page(query, self.actor)

    def get(self, post_id: UUID) -> Post:
        return self._find(post_id, "read")

    def create(self, data: PostCreate) -> Post:
        access.admit(self.actor, "create", Post)
        values = self.posts.resolve(dict(data), self.actor)
        post = Post(**values, owner_id=self.actor.id)
        self.posts.add(post)
        self.posts.commit()
        return post

    def update(self, post_id: UUID, data: PostUpdate) -> Post:
        post = self._find(post_id, "update")
        values = self.posts.resolve(sent(data), self.actor)
        self.posts.change(post, values)
        self.posts.commit()
        return post

    def delete(self, post_id: UUID) -> None:
        post = self._find(post_id, "delete")
        self.posts.delete(post)
        self.posts.commit()

    def _find(self, post_id: UUID, action: access.Action) -> Post:
        access.admit(self.actor, action, Post)
        post = self.posts.get(post_id, to_change=action != "read")
        if post is None:
            raise NotFound
        access.authorize(self.actor, action, post)
        return post
