from uuid import UUID

from apiflask import APIBlueprint
from flask import url_for

from app.auth.actors import bearer, check_token, current_actor
from app.core.extensions import db
from app.core.problems import responses
from app.core.views import NO_CONTENT, Created, no_parameters
from app.posts.repository import LISTING, PostRepository
from app.posts.schema import PostCreate, PostPage, PostRead, PostUpdate
from app.posts.service import PostService

bp = APIBlueprint("posts", __name__, url_prefix="/posts", tag="Posts")
bp.before_request(check_token)


def post_service() -> PostService:
    return PostService(PostRepository(db.session()), current_actor())


@bp.get("")
@bp.output(PostPage)
@bp.doc(operation_id="listPosts", responses=responses(401), extensions=LISTING.openapi)
def list_posts() -> PostPage:
    return PostPage.model_validate(post_service().page(LISTING.read()))


@bp.post("")
@bp.auth_required(bearer)
@no_parameters
@bp.input(PostCreate, arg_name="data")
@bp.output(PostRead, status_code=201, headers=Created)
@bp.doc(operation_id="createPost", responses=responses(409))
def create_post(data: PostCreate) -> tuple[PostRead, dict[str, str]]:
    post = post_service().create(data)
    location = url_for(".get_post", post_id=post.id)
    headers = {"Location": location}
    return PostRead.model_validate(post), headers


@bp.get("/<uuid:post_id>")
@no_parameters
@bp.output(PostRead)
@bp.doc(operation_id="getPost", responses=responses(401, 404, 422))
def get_post(post_id: UUID) -> PostRead:
    return PostRead.model_validate(post_service().get(post_id))


@bp.patch("/<uuid:post_id>")
@bp.auth_required(bearer)
@no_parameters
@bp.input(PostUpdate, arg_name="data")
@bp.output(PostRead)
@bp.doc(operation_id="updatePost", responses=responses(403, 404, 409))
def update_post(post_id: UUID, data: PostUpdate) -> PostRead:
    return PostRead.model_validate(post_service().update(post_id, data))


@bp.delete("/<uuid:post_id>")
@bp.auth_required(bearer)
@no_parameters
@bp.doc(operation_id="deletePost", responses=NO_CONTENT | responses(403, 404, 409, 422))
def delete_post(post_id: UUID) -> tuple[str, int]:
    post_service().delete(post_id)
    return "", 204
