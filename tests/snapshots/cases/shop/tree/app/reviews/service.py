"""What can be done with reviews, and by whom."""

from uuid import UUID

from app.core import access
from app.core.errors import NotFound
from app.core.fields import sent
from app.core.listing import ListPage, ListQuery
from app.reviews.model import Review
from app.reviews.repository import ReviewRepository
from app.reviews.schema import ReviewCreate, ReviewUpdate


class ReviewService:
    def __init__(self, reviews: ReviewRepository, actor: access.Actor) -> None:
        self.reviews = reviews
        self.actor = actor

    async def page(self, query: ListQuery) -> ListPage[Review]:
        access.admit(self.actor, "list", Review)
        return await self.reviews.page(query, self.actor)

    async def get(self, review_id: UUID) -> Review:
        return await self._find(review_id, "read")

    async def create(self, data: ReviewCreate) -> Review:
        access.admit(self.actor, "create", Review)
        values = await self.reviews.resolve(dict(data), self.actor)
        review = Review(**values, owner_id=self.actor.id)
        self.reviews.add(review)
        await self.reviews.commit()
        return review

    async def update(self, review_id: UUID, data: ReviewUpdate) -> Review:
        review = await self._find(review_id, "update")
        values = await self.reviews.resolve(sent(data), self.actor)
        self.reviews.change(review, values)
        await self.reviews.commit()
        return review

    async def delete(self, review_id: UUID) -> None:
        review = await self._find(review_id, "delete")
        await self.reviews.delete(review)
        await self.reviews.commit()

    async def _find(self, review_id: UUID, action: access.Action) -> Review:
        access.admit(self.actor, action, Review)
        review = await self.reviews.get(review_id, to_change=action != "read")
        if review is None:
            raise NotFound
        access.authorize(self.actor, action, review)
        return review
