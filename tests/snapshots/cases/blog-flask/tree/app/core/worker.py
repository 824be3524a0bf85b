"""Gunicorn's worker."""

import json
import uuid
from typing import Any

from gunicorn import util
from gunicorn.http import message
from gunicorn.http.errors import ParseException
from gunicorn.workers.gthread import ThreadWorker

from app.core.problems import MEDIA_TYPE

# Lists of ids in a query take more than the 8190 that gunicorn's own setting goes up to.
LONGEST_REQUEST_LINE = 65_536
message.MAX_REQUEST_LINE = LONGEST_REQUEST_LINE  # type: ignore[misc]  # Final in its stubs


class Worker(ThreadWorker):
    """Refuses what is not HTTP as everything else is refused."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        body = {
            "type": "urn:problem:bad-request",
            "title": "Bad Request",
            "status": 400,
            "detail": "The request is not HTTP that this service speaks",
            "instance": "",
            "request_id": uuid.uuid4().hex,
        }
        head = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: {}\r\n\r\n{}"
        util.write_nonblock(client, head.format(MEDIA_TYPE, json.dumps(body)).encode())
