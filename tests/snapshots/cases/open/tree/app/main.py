"""The application, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from starlette.middleware import Middleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app import __version__
from app.config import Settings, get_settings
from app.core import docs, health, metrics
from app.core.body import json_body
from app.core.database import open_database
from app.core.logging import configure_logging
from app.core.metrics import Metrics, patterns
from app.core.middleware import (
    BodyLimit,
    CrossOrigin,
    RequestRecord,
    SecurityHeaders,
    UnexpectedErrors,
)
from app.core.openapi import PREFIX, DocumentedAPI, operation_id
from app.core.problems import HANDLERS
from app.core.rate_limit import RateLimiter, limit_rate
from app.core.routing import Router
from app.resources import ROUTERS


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or get_settings()
    configure_logging(settings.log_level)
    measurements = Metrics()

    app = DocumentedAPI(
        title="Open",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=operation_id,
        middleware=around_every_request(settings, measurements),
        exception_handlers=HANDLERS,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.metrics = measurements
    app.state.database = open_database(settings)
    app.state.rate_limiter = RateLimiter(settings.redis_url)

    app.include_router(health.router)
    app.include_router(metrics.router)
    if settings.shows_docs:
        docs.add_docs(app)
    app.include_router(api())
    app.state.patterns = patterns(app)
    return app


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    await app.state.database.engine.dispose()
    await app.state.rate_limiter.close()


def around_every_request(settings: Settings, measurements: Metrics) -> list[Middleware]:
    """The outermost first."""
    return [
        Middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies)),
        Middleware(RequestRecord, metrics=measurements),
        Middleware(SecurityHeaders, content_security={docs.PATH: docs.POLICY}),
        Middleware(
            CrossOrigin,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "If-Match", "X-Request-ID"],
            expose_headers=["ETag", "Location", "RateLimit-Reset", "Retry-After", "X-Request-ID"],
        ),
        Middleware(UnexpectedErrors),
        Middleware(BodyLimit, limit=settings.max_body_bytes),
    ]


def api() -> Router:
    router = Router(prefix=PREFIX, dependencies=[Depends(limit_rate), Depends(json_body)])
    for resource in ROUTERS:
        router.include_router(resource)
    return router
