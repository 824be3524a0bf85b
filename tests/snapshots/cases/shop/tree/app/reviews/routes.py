from typing import Annotated

from fastapi import Depends, Response

from app.auth.dependencies import ActorDep, signed_in
from app.core.database import SessionDep
from app.core.fields import PathUuid
from app.core.headers import headers
from app.core.listing import ListQuery, no_parameters
from app.core.openapi import PREFIX
from app.core.problems import responses
from app.core.routing import Router
from app.reviews.repository import LISTING, ReviewRepository
from app.reviews.schema import ReviewCreate, ReviewPage, ReviewRead, ReviewUpdate
from app.reviews.service import ReviewService

router = Router(prefix="/reviews", tags=["Reviews"])


async def review_service(session: SessionDep, actor: ActorDep) -> ReviewService:
    return ReviewService(ReviewRepository(session), actor)


ReviewServiceDep = Annotated[ReviewService, Depends(review_service)]
ListQueryDep = Annotated[ListQuery, Depends(LISTING)]


@router.get(
    "",
    operation_id="listReviews",
    openapi_extra=LISTING.openapi,
    responses=responses(401),
)
async def list_reviews(reviews: ReviewServiceDep, query: ListQueryDep) -> ReviewPage:
    return ReviewPage.model_validate(await reviews.page(query))


@router.post(
    "",
    operation_id="createReview",
    status_code=201,
    responses=responses(409) | headers(201, "Location"),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def create_review(
    data: ReviewCreate,
    reviews: ReviewServiceDep,
    response: Response,
) -> ReviewRead:
    review = await reviews.create(data)
    response.headers["Location"] = f"{PREFIX}{router.prefix}/{review.id}"
    return ReviewRead.model_validate(review)


@router.get(
    "/{review_id}",
    operation_id="getReview",
    responses=responses(401, 404, 422),
    dependencies=[Depends(no_parameters)],
)
async def get_review(review_id: PathUuid, reviews: ReviewServiceDep) -> ReviewRead:
    return ReviewRead.model_validate(await reviews.get(review_id))


@router.patch(
    "/{review_id}",
    operation_id="updateReview",
    responses=responses(403, 404, 409),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def update_review(
    review_id: PathUuid,
    data: ReviewUpdate,
    reviews: ReviewServiceDep,
) -> ReviewRead:
    return ReviewRead.model_validate(await reviews.update(review_id, data))


@router.delete(
    "/{review_id}",
    operation_id="deleteReview",
    status_code=204,
    responses=responses(403, 404, 409, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def delete_review(review_id: PathUuid, reviews: ReviewServiceDep) -> None:
    await reviews.delete(review_id)
