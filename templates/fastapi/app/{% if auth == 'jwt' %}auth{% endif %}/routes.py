from fastapi import Depends

from app.auth.dependencies import SignedInDep, limit_logins
from app.auth.schema import Login, PasswordChange, Token, TokenPair
from app.auth.service import AuthServiceDep
from app.core.problems import responses
from app.core.routing import Router
from app.users.schema import Registration, UserRead, UserUpdate

router = Router(prefix="/auth", tags=["auth"])


@router.post(
    "/register",
    status_code=201,
    responses=responses(409),
    dependencies=[Depends(limit_logins)],
)
async def register(data: Registration, auth: AuthServiceDep) -> UserRead:
    return UserRead.model_validate(await auth.register(data))


@router.post("/login", responses=responses(401), dependencies=[Depends(limit_logins)])
async def log_in(data: Login, auth: AuthServiceDep) -> TokenPair:
    return await auth.log_in(data)


@router.post("/refresh", responses=responses(401), dependencies=[Depends(limit_logins)])
async def refresh(data: Token, auth: AuthServiceDep) -> TokenPair:
    return await auth.refresh(data.refresh_token)


@router.post("/logout", status_code=204)
async def log_out(data: Token, auth: AuthServiceDep) -> None:
    await auth.log_out(data.refresh_token)


@router.get("/me")
async def read_me(actor: SignedInDep, auth: AuthServiceDep) -> UserRead:
    return UserRead.model_validate(await auth.get(actor))


@router.patch("/me", responses=responses(409))
async def update_me(data: UserUpdate, actor: SignedInDep, auth: AuthServiceDep) -> UserRead:
    return UserRead.model_validate(await auth.update(actor, data))


@router.post("/password", status_code=204)
async def change_password(data: PasswordChange, actor: SignedInDep, auth: AuthServiceDep) -> None:
    await auth.change_password(actor, data)
