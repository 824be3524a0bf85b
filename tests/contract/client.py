"""Asking over HTTP, and keeping what was answered for the checks at the end of the run."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2

NOTHING: Final = object()


@dataclass(frozen=True)
class Answer:
    """One exchange: what was sent, and what came back."""

    method: str
    target: str
    sent: httpx2.Headers
    body: bytes
    status: int
    headers: httpx2.Headers
    content: bytes
    test: str = ""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def json(self) -> Any:
        return json.loads(self.content)

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip()

    @property
    def asked(self) -> str:
        """The request, short enough for a message."""
        return f"{self.method} {self.target[:160]} {self.body[:300].decode('utf-8', 'replace')}"

    def __str__(self) -> str:
        return f"{self.asked}\n  -> {self.status} {self.content[:1500].decode('utf-8', 'replace')}"


@dataclass
class Journal:
    """Every exchange of the run, in order."""

    answers: list[Answer] = field(default_factory=list)
    test: str = ""

    def keep(self, answer: Answer) -> Answer:
        self.answers.append(answer)
        return answer


def encoded(body: Any) -> bytes:
    """JSON as plain UTF-8; a lone surrogate, which UTF-8 cannot hold, is sent escaped."""
    try:
        return json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        return json.dumps(body, allow_nan=False).encode()


@dataclass(frozen=True)
class Api:
    """The service as one actor sees it."""

    http: httpx2.Client
    journal: Journal
    token: str | None = None

    def send(
        self,
        method: str,
        path: str,
        body: Any = NOTHING,
        *,
        params: Iterable[tuple[str, str]] | Mapping[str, str] = (),
        headers: Mapping[str, str] | None = None,
        content: bytes | Iterable[bytes] | None = None,
    ) -> Answer:
        """Sends `body` as JSON, or `content` as it is, and keeps the answer."""
        sent = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if body is not NOTHING:
            content = encoded(body)
            sent["Content-Type"] = "application/json"
        pairs = list(params.items() if isinstance(params, Mapping) else params)
        answer = self.http.request(
            method,
            path,
            params=pairs or None,
            headers={**sent, **(headers or {})},
            content=content,
        )
        return self.journal.keep(
            Answer(
                method=method,
                target=answer.request.url.raw_path.decode("ascii"),
                sent=answer.request.headers,
                body=content if isinstance(content, bytes) else b"",
                status=answer.status_code,
                headers=answer.headers,
                content=answer.content,
                test=self.journal.test,
            )
        )

    def get(self, path: str, **options: Any) -> Answer:
        return self.send("GET", path, **options)

    def post(self, path: str, body: Any = NOTHING, **options: Any) -> Answer:
        return self.send("POST", path, body, **options)

    def patch(self, path: str, body: Any = NOTHING, **options: Any) -> Answer:
        return self.send("PATCH", path, body, **options)

    def delete(self, path: str, **options: Any) -> Answer:
        return self.send("DELETE", path, **options)

    def as_json(self, method: str, path: str, content: bytes, **headers: str) -> Answer:
        """Sends bytes that claim to be JSON."""
        return self.send(
            method, path, content=content, headers={"Content-Type": "application/json", **headers}
        )


@dataclass(frozen=True)
class Wire:
    """Requests that no client library would send, written to the socket byte by byte."""

    base_url: str
    journal: Journal

    def send(
        self,
        method: str,
        target: str,
        *,
        headers: Iterable[tuple[str, str]] = (),
        body: Iterable[bytes] = (),
        version: str = "HTTP/1.1",
    ) -> Answer:
        """Sends exactly these headers; the server may answer before the body is at its end."""
        lines = [f"{method} {target} {version}", *(f"{name}: {value}" for name, value in headers)]
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        with self._connect() as connection:
            self._write(connection, [head, *body])
            status, got, content = self._read(connection, method)
        return self.journal.keep(
            Answer(
                method=method,
                target=target,
                sent=httpx2.Headers([(n.encode(), v.encode("latin-1")) for n, v in headers]),
                body=b"",
                status=status,
                headers=got,
                content=content,
                test=self.journal.test,
            )
        )

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).netloc

    def _connect(self) -> socket.socket:
        parts = urlsplit(self.base_url)
        return socket.create_connection((parts.hostname or "", parts.port or 80), timeout=20)

    @staticmethod
    def _write(connection: socket.socket, chunks: Iterable[bytes]) -> None:
        try:
            for chunk in chunks:
                connection.sendall(chunk)
        except (BrokenPipeError, ConnectionResetError):
            # The server has answered and closed; what it said can still be read.
            return

    @staticmethod
    def _read(connection: socket.socket, method: str) -> tuple[int, httpx2.Headers, bytes]:
        with http.client.HTTPResponse(connection, method=method) as answer:
            answer.begin()
            try:
                content = answer.read()
            except ConnectionResetError:
                # Closed with a request half read; the head has told what there is to tell.
                content = b""
            return answer.status, httpx2.Headers(answer.getheaders()), content


def chunked(body: Iterable[bytes]) -> Iterable[bytes]:
    """The body in the chunked transfer coding."""
    for part in body:
        yield f"{len(part):x}\r\n".encode() + part + b"\r\n"
    yield b"0\r\n\r\n"
