"""How APIFlask reads and documents Pydantic's models."""

from email.message import Message
from typing import Any

from apiflask.schema_adapters.pydantic import PydanticAdapter
from flask import Request, request
from pydantic import BaseModel, ValidationError
from pydantic.json_schema import GenerateJsonSchema, NoDefault
from pydantic_core import from_json
from pydantic_core.core_schema import WithDefaultSchema
from werkzeug.exceptions import RequestEntityTooLarge

from app.config import current_settings
from app.core.errors import BadRequest, Invalid, UnsupportedMediaType
from app.core.fields import Body
from app.core.problems import field_error

PART = 65_536
BODY = "app.body"


class Schemas(GenerateJsonSchema):
    def get_default_value(self, schema: WithDefaultSchema) -> Any:
        """None stands for what is not there, and is no value of its type."""
        default = super().get_default_value(schema)
        return NoDefault if default is None else default


class StrictAdapter(PydanticAdapter):
    """APIFlask's own takes `null` for an object, any Content-Type, and loses the errors' types."""

    def validate_input(self, request: Request, location: str, **_: Any) -> BaseModel:
        if location != "json":
            raise NotImplementedError(location)
        try:
            return self.model_class.model_validate(json_body(request))
        except ValidationError as error:
            found = error.errors(include_url=False)
            errors = [field_error({**item, "loc": ("body", *item["loc"])}) for item in found]
            raise Invalid(errors=errors) from None

    def get_openapi_schema(self, **_: Any) -> dict[str, Any]:
        is_written = issubclass(self.model_class, Body)
        return self.model_class.model_json_schema(
            ref_template=f"#/components/schemas/{self.get_schema_name()}.{{model}}",
            mode="validation" if is_written else "serialization",
            schema_generator=Schemas,
        )


def receive_body() -> None:
    """Before the database is asked: no connection of its waits for a client that is slow to send."""
    if BODY not in request.environ:
        request.environ[BODY] = _content(request)


def json_body(request: Request) -> Any:
    """A body must be JSON in UTF-8, and say so."""
    if not _is_json(request.headers.get("Content-Type", "")):
        raise UnsupportedMediaType
    receive_body()
    try:
        return from_json(request.environ[BODY], allow_inf_nan=False)
    except ValueError as error:
        raise BadRequest(f"The request body is not JSON in UTF-8: {error}") from None


def _content(request: Request) -> bytes:
    """Werkzeug's own MAX_CONTENT_LENGTH cuts off what is sent in chunks.

    What is a little too long is read to its end, so that the connection can be used again.
    """
    limit = current_settings().max_body_bytes
    too_large = RequestEntityTooLarge(f"The request body is over {limit} bytes")
    if (request.content_length or 0) > 2 * limit:
        raise too_large
    content = bytearray()
    try:
        while len(content) <= 2 * limit and (part := request.stream.read(PART)):
            content += part
    except OSError:
        raise BadRequest("The request body broke off") from None
    if len(content) > limit:
        raise too_large
    return bytes(content)


def _is_json(content_type: str) -> bool:
    header = Message()
    header["content-type"] = content_type
    charset = header.get_content_charset("utf-8")
    return header.get_content_type() == "application/json" and charset == "utf-8"
