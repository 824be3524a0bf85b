"""What can be done with people, and by whom."""

from uuid import UUID

from app.core import access
from app.core.errors import NotFound
from app.core.fields import sent
from app.core.listing import ListPage, ListQuery
from app.people.model import Person
from app.people.repository import PersonRepository
from app.people.schema import PersonCreate, PersonUpdate


class PersonService:
    def __init__(self, people: PersonRepository, actor: access.Actor) -> None:
        self.people = people
        self.actor = actor

    async def page(self, query: ListQuery) -> ListPage[Person]:
        access.admit(self.actor, "list", Person)
        return await self.people.page(query, self.actor)

    async def get(self, person_id: UUID) -> Person:
        return await self._find(person_id, "read")

    async def create(self, data: PersonCreate) -> Person:
        access.admit(self.actor, "create", Person)
        values = await self.people.resolve(dict(data), self.actor)
        person = Person(**values, owner_id=self.actor.id)
        self.people.add(person)
        await self.people.commit()
        return person

    async def update(self, person_id: UUID, data: PersonUpdate) -> Person:
        person = await self._find(person_id, "update")
        values = await self.people.resolve(sent(data), self.actor)
        self.people.change(person, values)
        await self.people.commit()
        return person

    async def delete(self, person_id: UUID) -> None:
        person = await self._find(person_id, "delete")
        await self.people.delete(person)
        await self.people.commit()

    async def _find(self, person_id: UUID, action: access.Action) -> Person:
        access.admit(self.actor, action, Person)
        person = await self.people.get(person_id, to_change=action != "read")
        if person is None:
            raise NotFound
        access.authorize(self.actor, action, person)
        return person
