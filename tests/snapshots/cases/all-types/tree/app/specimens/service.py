"""What can be done with specimens, and by whom."""

from uuid import UUID

from app.core import access
from app.core.errors import NotFound
from app.core.fields import sent
from app.core.listing import ListPage, ListQuery
from app.core.versions import Expected
from app.specimens.model import Specimen
from app.specimens.repository import SpecimenRepository
from app.specimens.schema import SpecimenCreate, SpecimenUpdate


class SpecimenService:
    def __init__(self, specimens: SpecimenRepository, actor: access.Actor) -> None:
        self.specimens = specimens
        self.actor = actor

    async def page(self, query: ListQuery) -> ListPage[Specimen]:
        access.admit(self.actor, "list", Specimen)
        return await self.specimens.page(query, self.actor)

    async def get(self, specimen_id: UUID) -> Specimen:
        return await self._find(specimen_id, "read")

    async def create(self, data: SpecimenCreate) -> Specimen:
        access.admit(self.actor, "create", Specimen)
        values = await self.specimens.resolve(dict(data), self.actor)
        specimen = Specimen(**values, owner_id=self.actor.id)
        self.specimens.add(specimen)
        await self.specimens.commit()
        return specimen

    async def update(
        self,
        specimen_id: UUID,
        data: SpecimenUpdate,
        expected: Expected,
    ) -> Specimen:
        specimen = await self._find(specimen_id, "update")
        expected.check(specimen)
        values = await self.specimens.resolve(sent(data), self.actor)
        self.specimens.change(specimen, values)
        await self.specimens.commit()
        return specimen

    async def delete(self, specimen_id: UUID, expected: Expected) -> None:
        specimen = await self._find(specimen_id, "delete")
        expected.check(specimen)
        await self.specimens.delete(specimen)
        await self.specimens.commit()

    async def _find(self, specimen_id: UUID, action: access.Action) -> Specimen:
        access.admit(self.actor, action, Specimen)
        specimen = await self.specimens.get(specimen_id, to_change=action != "read")
        if specimen is None:
            raise NotFound
        access.authorize(self.actor, action, specimen)
        return specimen
