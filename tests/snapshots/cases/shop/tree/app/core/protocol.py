"""HTTP itself, below the application."""

import json
import uuid

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from app.core.problems import MEDIA_TYPE

LONGEST_HEAD = 65_536
HEAD = f"content-type: {MEDIA_TYPE}\r\nconnection: close\r\n\r\n"


class Protocol(HttpToolsProtocol):
    """Refuses what is not HTTP as everything else is refused, and a head that does not end."""

    # Bytes of a head of which more is to come.
    _begun: int | None = None

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._begun is None or self.transport.is_closing():
            return
        self._begun += len(data)
        if self._begun > LONGEST_HEAD:
            self.send_400_response("")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._begun = 0

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._begun = None

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's words
        body = {
            "type": "urn:problem:bad-request",
            "title": "Bad Request",
            "status": 400,
            "detail": "The request is not HTTP that this service speaks",
            "instance": "",
            "request_id": uuid.uuid4().hex,
        }
        self.transport.write(STATUS_LINE[400] + f"{HEAD}{json.dumps(body)}".encode())
        self.transport.close()
