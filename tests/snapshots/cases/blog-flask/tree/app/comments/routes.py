from uuid import UUID

from apiflask import APIBlueprint
from flask import url_for

from app.auth.actors import bearer, check_token, current_actor
from app.comments.repository import LISTING, CommentRepository
from app.comments.schema import CommentCreate, CommentPage, CommentRead, CommentUpdate
from app.comments.service import CommentService
from app.core.extensions import db
from app.core.problems import responses
from app.core.views import NO_CONTENT, Created, no_parameters

bp = APIBlueprint("comments", __name__, url_prefix="/comments", tag="Comments")
bp.before_request(check_token)


def comment_service() -> CommentService:
    return CommentService(CommentRepository(db.session()), current_actor())


@bp.get("")
@bp.output(CommentPage)
@bp.doc(operation_id="listComments", responses=responses(401), extensions=LISTING.openapi)
def list_comments() -> CommentPage:
    return CommentPage.model_validate(comment_service().page(LISTING.read()))


@bp.post("")
@bp.auth_required(bearer)
@no_parameters
@bp.input(CommentCreate, arg_name="data")
@bp.output(CommentRead, status_code=201, headers=Created)
@bp.doc(operation_id="createComment", responses=responses(409))
def create_comment(data: CommentCreate) -> tuple[CommentRead, dict[str, str]]:
    comment = comment_service().create(data)
    location = url_for(".get_comment", comment_id=comment.id)
    headers = {"Location": location}
    return CommentRead.model_validate(comment), headers


@bp.get("/<uuid:comment_id>")
@no_parameters
@bp.output(CommentRead)
@bp.doc(operation_id="getComment", responses=responses(401, 404, 422))
def get_comment(comment_id: UUID) -> CommentRead:
    return CommentRead.model_validate(comment_service().get(comment_id))


@bp.patch("/<uuid:comment_id>")
@bp.auth_required(bearer)
@no_parameters
@bp.input(CommentUpdate, arg_name="data")
@bp.output(CommentRead)
@bp.doc(operation_id="updateComment", responses=responses(403, 404, 409))
def update_comment(comment_id: UUID, data: CommentUpdate) -> CommentRead:
    return CommentRead.model_validate(comment_service().update(comment_id, data))


@bp.delete("/<uuid:comment_id>")
@bp.auth_required(bearer)
@no_parameters
@bp.doc(operation_id="deleteComment", responses=NO_CONTENT | responses(403, 404, 409, 422))
def delete_comment(comment_id: UUID) -> tuple[str, int]:
    comment_service().delete(comment_id)
    return "", 204
