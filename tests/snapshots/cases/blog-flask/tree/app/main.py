"""The application, put together."""

from typing import Any

from apiflask import APIBlueprint, APIFlask
from flask.json.provider import DefaultJSONProvider
from flask_cors import CORS
from werkzeug.routing import Rule

from app import __version__
from app.auth import routes as auth
from app.auth.actors import identify
from app.config import Settings, get_settings
from app.core.body import receive_body
from app.core.database import engine_options, prepare_database
from app.core.docs import CONFIGURATION, PATH, docs
from app.core.extensions import db, migrate
from app.core.health import health
from app.core.logging import configure_logging
from app.core.metrics import Metrics, metrics
from app.core.openapi import PREFIX, complete
from app.core.problems import register_problems
from app.core.proxies import TrustedProxies
from app.core.rate_limit import RateLimiter, limit_rate
from app.core.requests import register_hooks
from app.core.views import IntKey, UuidKey
from app.resources import BLUEPRINTS


class ExactRule(Rule):
    """Answers the methods that a view names, and no HEAD beside GET."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.methods = self.methods and self.methods - {"HEAD"}


class InOrder(DefaultJSONProvider):
    """Objects are shown as their schemas have them."""

    sort_keys = False


class Application(APIFlask):
    url_rule_class = ExactRule
    json_provider_class = InOrder


def create_app(settings: Settings | None = None) -> Application:
    settings = settings or get_settings()
    configure_logging(settings.log_level)

    app = Application(
        __name__,
        title="Blog",
        version=__version__,
        docs_path=PATH if settings.shows_docs else None,
        docs_oauth2_redirect_path=None,
        static_folder=None,  # type: ignore[arg-type]  # Flask takes it: there are no such files
        json_errors=False,
    )
    app.config.from_mapping(configuration(settings))
    app.url_map.merge_slashes = False
    app.url_map.converters |= {"uuid": UuidKey, "int": IntKey}
    app.spec_processor(complete)  # type: ignore[arg-type]  # which is JSON, never YAML

    register_extensions(app, settings)
    register_hooks(app)
    register_problems(app)
    app.register_blueprint(health)
    app.register_blueprint(metrics)
    if settings.shows_docs:
        app.register_blueprint(docs)
    app.register_blueprint(api())
    app.wsgi_app = TrustedProxies(app.wsgi_app, settings.trusted_proxies)  # type: ignore[method-assign]
    return app


def configuration(settings: Settings) -> dict[str, Any]:
    """What Flask and its extensions read. Without a SECRET_KEY there are no sessions in cookies."""
    return CONFIGURATION | {
        "PROVIDE_AUTOMATIC_OPTIONS": False,
        "SQLALCHEMY_DATABASE_URI": settings.sqlalchemy_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(
            settings, statement_timeout=settings.db_timeout_seconds
        ),
        "SECURITY_SCHEMES": {
            "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
        },
        "AUTO_SERVERS": False,
        "AUTO_404_RESPONSE": False,
        "AUTO_AUTH_ERROR_RESPONSE": False,
        "AUTO_VALIDATION_ERROR_RESPONSE": False,
    }


def register_extensions(app: Application, settings: Settings) -> None:
    app.extensions["settings"] = settings
    app.extensions["metrics"] = Metrics()
    app.extensions["rate_limiter"] = RateLimiter(settings.redis_url)
    db.init_app(app)
    migrate.init_app(app, db)
    if settings.cors_origins:
        CORS(
            app,
            origins=list(settings.cors_origins),
            methods=["GET", "POST", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "If-Match", "X-Request-ID"],
            expose_headers=["ETag", "Location", "RateLimit-Reset", "Retry-After", "X-Request-ID"],
            always_send=False,
        )
    with app.app_context():
        prepare_database(app, db.engine, settings)


def api() -> APIBlueprint:
    blueprint = APIBlueprint("api", __name__, url_prefix=PREFIX)
    blueprint.before_request(identify)
    blueprint.before_request(limit_rate)
    blueprint.before_request(receive_body)
    blueprint.register_blueprint(auth.bp)
    for resource in BLUEPRINTS:
        blueprint.register_blueprint(resource)
    return blueprint
