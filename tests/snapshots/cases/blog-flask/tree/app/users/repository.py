from app.core.repository import BaseRepository
from app.users.model import User


class UserRepository(BaseRepository[User]):
    model = User
