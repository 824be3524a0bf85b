from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository, ToOne
from app.ledgers.model import Ledger
from app.people.model import Person

LISTING = ListParameters(
    Ledger,
    columns={
        "id": filters.UUID,
        "title": filters.STRING,
        "amount": filters.decimal(8, 3),
        "holder_id": filters.UUID,
        "created_at": filters.DATETIME,
        "updated_at": filters.DATETIME,
    },
    sort="-created_at",
)


class LedgerRepository(BaseRepository[Ledger]):
    model = Ledger
    to_one = (ToOne("holder_id", Person),)
