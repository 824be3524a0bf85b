from uuid import UUID

from apiflask import APIBlueprint
from flask import url_for

from app.auth.actors import bearer, check_token, current_actor
from app.core.extensions import db
from app.core.problems import responses
from app.core.views import NO_CONTENT, Created, no_parameters
from app.tags.repository import LISTING, TagRepository
from app.tags.schema import TagCreate, TagPage, TagRead, TagUpdate
from app.tags.service import TagService

bp = APIBlueprint("tags", __name__, url_prefix="/tags", tag="Tags")
bp.before_request(check_token)


def tag_service() -> TagService:
    return TagService(TagRepository(db.session()), current_actor())


@bp.get("")
@bp.output(TagPage)
@bp.doc(operation_id="listTags", responses=responses(401), extensions=LISTING.openapi)
def list_tags() -> TagPage:
    return TagPage.model_validate(tag_service().page(LISTING.read()))


@bp.post("")
@bp.auth_required(bearer)
@no_parameters
@bp.input(TagCreate, arg_name="data")
@bp.output(TagRead, status_code=201, headers=Created)
@bp.doc(operation_id="createTag", responses=responses(403, 409))
def create_tag(data: TagCreate) -> tuple[TagRead, dict[str, str]]:
    tag = tag_service().create(data)
    location = url_for(".get_tag", tag_id=tag.id)
    headers = {"Location": location}
    return TagRead.model_validate(tag), headers


@bp.get("/<uuid:tag_id>")
@no_parameters
@bp.output(TagRead)
@bp.doc(operation_id="getTag", responses=responses(401, 404, 422))
def get_tag(tag_id: UUID) -> TagRead:
    return TagRead.model_validate(tag_service().get(tag_id))


@bp.patch("/<uuid:tag_id>")
@bp.auth_required(bearer)
@no_parameters
@bp.input(TagUpdate, arg_name="data")
@bp.output(TagRead)
@bp.doc(operation_id="updateTag", responses=responses(403, 404, 409))
def update_tag(tag_id: UUID, data: TagUpdate) -> TagRead:
    return TagRead.model_validate(tag_service().update(tag_id, data))


@bp.delete("/<uuid:tag_id>")
@bp.auth_required(bearer)
@no_parameters
@bp.doc(operation_id="deleteTag", responses=NO_CONTENT | responses(403, 404, 409, 422))
def delete_tag(tag_id: UUID) -> tuple[str, int]:
    tag_service().delete(tag_id)
    return "", 204
