from apiflask import APIBlueprint

from app.auth.actors import bearer, current_actor, limit_logins
from app.auth.schema import Login, PasswordChange, Token, TokenPair
from app.auth.service import AuthService
from app.config import current_settings
from app.core.extensions import db
from app.core.problems import responses
from app.core.views import NO_CONTENT, first
from app.users.repository import UserRepository
from app.users.schema import Registration, UserRead, UserUpdate

bp = APIBlueprint("auth", __name__, url_prefix="/auth", tag="auth")


def accounts() -> AuthService:
    return AuthService(UserRepository(db.session()), current_settings())


@bp.post("/register")
@first(limit_logins)
@bp.input(Registration, arg_name="data")
@bp.output(UserRead, status_code=201)
@bp.doc(operation_id="register", responses=responses(409))
def register(data: Registration) -> UserRead:
    return UserRead.model_validate(accounts().register(data))


@bp.post("/login")
@first(limit_logins)
@bp.input(Login, arg_name="data")
@bp.output(TokenPair)
@bp.doc(operation_id="logIn", responses=responses(401))
def log_in(data: Login) -> TokenPair:
    return accounts().log_in(data)


@bp.post("/refresh")
@first(limit_logins)
@bp.input(Token, arg_name="data")
@bp.output(TokenPair)
@bp.doc(operation_id="refresh", responses=responses(401))
def refresh(data: Token) -> TokenPair:
    return accounts().refresh(data.refresh_token)


@bp.post("/logout")
@bp.input(Token, arg_name="data")
@bp.doc(operation_id="logOut", responses=NO_CONTENT)
def log_out(data: Token) -> tuple[str, int]:
    accounts().log_out(data.refresh_token)
    return "", 204


@bp.get("/me")
@bp.auth_required(bearer)
@bp.output(UserRead)
@bp.doc(operation_id="readMe")
def read_me() -> UserRead:
    return UserRead.model_validate(accounts().get(current_actor()))


@bp.patch("/me")
@bp.auth_required(bearer)
@bp.input(UserUpdate, arg_name="data")
@bp.output(UserRead)
@bp.doc(operation_id="updateMe", responses=responses(409))
def update_me(data: UserUpdate) -> UserRead:
    return UserRead.model_validate(accounts().update(current_actor(), data))


@bp.post("/password")
@bp.auth_required(bearer)
@bp.input(PasswordChange, arg_name="data")
@bp.doc(operation_id="changePassword", responses=NO_CONTENT)
def change_password(data: PasswordChange) -> tuple[str, int]:
    accounts().change_password(current_actor(), data)
    return "", 204
