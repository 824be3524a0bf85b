"""Who calls the API in a test."""

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import connections
from django.test import Client

JSON = "application/json"


class Response:
    """What was answered, in the words of an HTTP client."""

    def __init__(self, response: Any) -> None:
        self.status_code: int = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.content = b"".join(response) if response.streaming else response.content

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self) -> Any:
        return json.loads(self.content)


class Caller:
    """A client of the application in this process, without a network in between."""

    def __init__(self, user_id: UUID | None = None, **headers: str) -> None:
        self.user_id = None if user_id is None else str(user_id)
        self.headers = headers

    def get(self, url: str, **options: Any) -> Response:
        return self.request("GET", url, **options)

    def post(self, url: str, **options: Any) -> Response:
        return self.request("POST", url, **options)

    def patch(self, url: str, **options: Any) -> Response:
        return self.request("PATCH", url, **options)

    def put(self, url: str, **options: Any) -> Response:
        return self.request("PUT", url, **options)

    def delete(self, url: str, **options: Any) -> Response:
        return self.request("DELETE", url, **options)

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        secure: bool = False,
        **body: Any,
    ) -> Response:
        """`json` or `content` may be sent; `content` needs a Content-Type of its own."""
        sent = {**self.headers, **(headers or {})}
        address = f"{url}?{urlencode(params, doseq=True)}" if params else url
        content = body.get("content", b"")
        if "json" in body:
            content = json.dumps(body["json"])
            sent.setdefault("Content-Type", JSON)
        client = Client(raise_request_exception=False)
        answered = client.generic(
            method,
            address,
            content,
            secure=secure,
            headers=sent,
        )
        return Response(answered)

    def hand_over(self, model: Any, row_id: Any, owner_id: str) -> None:
        """The row is another's from now on."""
        model.objects.filter(pk=row_id).update(owner_id=owner_id)

    def walk(self, url: str, **parameters: Any) -> list[Any]:
        """The rows of all pages."""
        rows: list[Any] = []
        while True:
            response = self.get(url, params=parameters)
            assert response.status_code == 200, response.text
            page = response.json()
            rows += page["items"]
            if page["next_cursor"] is None:
                return rows
            parameters["cursor"] = page["next_cursor"]


def at_once(calls: Sequence[Callable[[], Response]]) -> list[Response]:
    """Each in a thread, and so on a database connection, of its own."""

    def run(call: Callable[[], Response]) -> Response:
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def raw(value: Any, **headers: str) -> dict[str, Any]:
    """A body with what `json=` does not let through: 1e400, which is more than a float holds."""
    content = json.dumps(value).replace("Infinity", "1e400")
    return {"content": content, "headers": {"Content-Type": JSON, **headers}}
