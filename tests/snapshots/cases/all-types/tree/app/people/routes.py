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
from app.people.repository import LISTING, PersonRepository
from app.people.schema import PersonCreate, PersonPage, PersonRead, PersonUpdate
from app.people.service import PersonService

router = Router(prefix="/people", tags=["People"])


async def person_service(session: SessionDep, actor: ActorDep) -> PersonService:
    return PersonService(PersonRepository(session), actor)


PersonServiceDep = Annotated[PersonService, Depends(person_service)]
ListQueryDep = Annotated[ListQuery, Depends(LISTING)]


@router.get(
    "",
    operation_id="listPeople",
    openapi_extra=LISTING.openapi,
    dependencies=[Depends(signed_in)],
)
async def list_people(people: PersonServiceDep, query: ListQueryDep) -> PersonPage:
    return PersonPage.model_validate(await people.page(query))


@router.post(
    "",
    operation_id="createPerson",
    status_code=201,
    responses=responses(409) | headers(201, "Location"),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def create_person(
    data: PersonCreate,
    people: PersonServiceDep,
    response: Response,
) -> PersonRead:
    person = await people.create(data)
    response.headers["Location"] = f"{PREFIX}{router.prefix}/{person.id}"
    return PersonRead.model_validate(person)


@router.get(
    "/{person_id}",
    operation_id="getPerson",
    responses=responses(404, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def get_person(person_id: PathUuid, people: PersonServiceDep) -> PersonRead:
    return PersonRead.model_validate(await people.get(person_id))


@router.patch(
    "/{person_id}",
    operation_id="updatePerson",
    responses=responses(403, 404, 409),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def update_person(
    person_id: PathUuid,
    data: PersonUpdate,
    people: PersonServiceDep,
) -> PersonRead:
    return PersonRead.model_validate(await people.update(person_id, data))


@router.delete(
    "/{person_id}",
    operation_id="deletePerson",
    status_code=204,
    responses=responses(403, 404, 409, 422),
    dependencies=[Depends(signed_in), Depends(no_parameters)],
)
async def delete_person(person_id: PathUuid, people: PersonServiceDep) -> None:
    await people.delete(person_id)
