from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository
from app.people.model import Person

LISTING = ListParameters(
    Person,
    columns={
        "id": filters.UUID,
        "owner_id": filters.UUID,
        "name": filters.STRING,
        "created_at": filters.DATETIME,
        "updated_at": filters.DATETIME,
    },
    sort="-created_at",
)


class PersonRepository(BaseRepository[Person]):
    model = Person
