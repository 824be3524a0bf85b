"""A body must be JSON in UTF-8, and say so."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from email.message import Message
from io import BytesIO
from typing import Any, NoReturn
from wsgiref.types import InputStream, StartResponse, WSGIApplication, WSGIEnvironment

from django.http import HttpRequest

from app.core.errors import BadRequest, UnsupportedMediaType

PIECE = 65_536
MOST_PIECES = 256
SECONDS = 1


def json_body(request: HttpRequest) -> Any:
    """Stricter than the framework's own reading, which lets UTF-16 and no body at all pass."""
    if not _is_json(request.headers.get("Content-Type", "")):
        raise UnsupportedMediaType
    try:
        return json.loads(request.body.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"The request body is not JSON in UTF-8: {error}") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _is_json(content_type: str) -> bool:
    header = Message()
    header["content-type"] = content_type
    charset = header.get_content_charset("utf-8")
    return header.get_content_type() == "application/json" and charset == "utf-8"


class MeasuredBody:
    """Gives a chunked body the length that Django reads it by, and no more of it than is allowed."""

    def __init__(self, application: WSGIApplication, limit: int) -> None:
        self.application = application
        self.limit = limit

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        sent = environ["wsgi.input"]
        if environ.get("HTTP_TRANSFER_ENCODING"):
            body = sent.read(self.limit + 1)
            environ["CONTENT_LENGTH"] = str(len(body))
            environ["wsgi.input"] = BytesIO(body)
        answer = self.application(environ, start_response)
        if int(environ.get("CONTENT_LENGTH") or 0) > self.limit:
            return ReadOn(answer, sent, environ.get("gunicorn.socket"))
        return answer


class ReadOn:
    """An answer before the end of what is sent: a connection that is closed on the rest would take it along."""

    def __init__(self, answer: Iterable[bytes], sent: InputStream, connection: Any) -> None:
        self.answer = answer
        self.sent = sent
        self.connection = connection

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.answer)

    def close(self) -> None:
        """Whoever sends nothing for a while has read the answer, or never will."""
        getattr(self.answer, "close", lambda: None)()
        if self.connection is not None:
            self.connection.settimeout(SECONDS)
        with suppress(OSError):
            for _ in range(MOST_PIECES):
                if not self.sent.read(PIECE):
                    return
