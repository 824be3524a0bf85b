"""What can be done with comments, and by whom."""

from uuid import UUID

from app.comments.model import Comment
from app.comments.repository import CommentRepository
from app.comments.schema import CommentCreate, CommentUpdate
from app.core import access
from app.core.errors import NotFound
from app.core.fields import sent
from app.core.listing import ListPage, ListQuery


class CommentService:
    def __init__(self, comments: CommentRepository, actor: access.Actor) -> None:
        self.comments = comments
        self.actor = actor

    def page(self, query: ListQuery) -> ListPage[Comment]:
        access.admit(self.actor, "list", Comment)
        return self.comments.page(query, self.actor)

    def get(self, comment_id: UUID) -> Comment:
        return self._find(comment_id, "read")

    def create(self, data: CommentCreate) -> Comment:
        access.admit(self.actor, "create", Comment)
        values = self.comments.resolve(dict(data), self.actor)
        comment = Comment(**values, owner_id=self.actor.id)
        self.comments.add(comment)
        self.comments.commit()
        return comment

    def update(self, comment_id: UUID, data: CommentUpdate) -> Comment:
        comment = self._find(comment_id, "update")
        values = self.comments.resolve(sent(data), self.actor)
        self.comments.change(comment, values)
        self.comments.commit()
        return comment

    def delete(self, comment_id: UUID) -> None:
        comment = self._find(comment_id, "delete")
        self.comments.delete(comment)
        self.comments.commit()

    def _find(self, comment_id: UUID, action: access.Action) -> Comment:
        access.admit(self.actor, action, Comment)
        comment = self.comments.get(comment_id, to_change=action != "read")
        if comment is None:
            raise NotFound
        access.authorize(self.actor, action, comment)
        return comment
