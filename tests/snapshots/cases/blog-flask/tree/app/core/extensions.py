"""Extensions, made once; `create_app` binds them to an application."""

from apiflask.schema_adapters.registry import registry
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy

from app.core.body import StrictAdapter
from app.core.database import RequestSession
from app.core.model import Base

db = SQLAlchemy(
    model_class=Base, session_options={"class_": RequestSession, "expire_on_commit": False}
)
migrate = Migrate()

registry.register("pydantic", StrictAdapter)
