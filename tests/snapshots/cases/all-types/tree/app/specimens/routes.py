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
from app.core.versions import IF_MATCH, ExpectedDep, etag
from app.specimens.repository import LISTING, SpecimenRepository
from app.specimens.schema import SpecimenCreate, SpecimenPage, SpecimenRead, SpecimenUpdate
from app.specimens.service import SpecimenService

router = Router(prefix="/specimens", tags=["Specimens"])


async def specimen_service(session: SessionDep, actor: ActorDep) -> SpecimenService:
    return SpecimenService(SpecimenRepository(session), actor)


SpecimenServiceDep = Annotated[SpecimenService, Depends(specimen_service)]
ListQueryDep = Annotated[ListQuery, Depends(LISTING)]


@router.get(
    "",
    operation_id="listSpecimens",
    openapi_extra=LISTING.openapi,
    responses=responses(401),
)
async def list_specimens(specimens: SpecimenServiceDep, query: ListQueryDep) -> SpecimenPage:
    return SpecimenPage.model_validate(await specimens.page(query))


@router.post(
    "",
    operation_id="createSpecimen",
    status_code=201,
    responses=responses(409) | headers(201, "Location", "ETag"),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def create_specimen(
    data: SpecimenCreate,
    specimens: SpecimenServiceDep,
    response: Response,
) -> SpecimenRead:
    specimen = await specimens.create(data)
    response.headers["Location"] = f"{PREFIX}{router.prefix}/{specimen.id}"
    response.headers["ETag"] = etag(specimen)
    return SpecimenRead.model_validate(specimen)


@router.get(
    "/{specimen_id}",
    operation_id="getSpecimen",
    responses=responses(404, 422) | headers(200, "ETag"),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def get_specimen(
    specimen_id: PathUuid,
    specimens: SpecimenServiceDep,
    response: Response,
) -> SpecimenRead:
    specimen = await specimens.get(specimen_id)
    response.headers["ETag"] = etag(specimen)
    return SpecimenRead.model_validate(specimen)


@router.patch(
    "/{specimen_id}",
    operation_id="updateSpecimen",
    openapi_extra=IF_MATCH,
    responses=responses(403, 404, 409, 412, 428) | headers(200, "ETag"),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def update_specimen(
    specimen_id: PathUuid,
    data: SpecimenUpdate,
    specimens: SpecimenServiceDep,
    expected: ExpectedDep,
    response: Response,
) -> SpecimenRead:
    specimen = await specimens.update(specimen_id, data, expected)
    response.headers["ETag"] = etag(specimen)
    return SpecimenRead.model_validate(specimen)


@router.delete(
    "/{specimen_id}",
    operation_id="deleteSpecimen",
    status_code=204,
    openapi_extra=IF_MATCH,
    responses=responses(403, 404, 409, 422, 412, 428),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def delete_specimen(
    specimen_id: PathUuid,
    specimens: SpecimenServiceDep,
    expected: ExpectedDep,
) -> None:
    await specimens.delete(specimen_id, expected)
