import json
import re
from importlib import reload
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import clear_url_caches
from pytest_django import Settings

from config import urls
from config.environment import Environment
from tests.support.callers import Caller

METHODS = {"get", "post", "patch", "delete", "put"}


@pytest.fixture
def operations(anonymous: Caller) -> dict[str, dict[str, Any]]:
    """By method and path."""
    document = anonymous.get("/openapi.json").json()
    return {
        f"{method} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def test_the_document(anonymous: Caller) -> None:
    document = anonymous.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert "Problem" in document["components"]["schemas"]


def test_every_operation_has_a_name_of_its_own(operations: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in operations.values()]
    assert len(set(names)) == len(names)


def test_every_problem_is_told(operations: dict[str, Any]) -> None:
    for name, operation in operations.items():
        told = {int(status) for status in operation["responses"]}
        if "/api/v1/" in name:
            assert {429, 500, 503} <= told, name
        if "requestBody" in operation:
            assert {400, 413, 415, 422} <= told, name
        if "security" in operation:
            assert 401 in told, name
        if name.endswith("}"):
            assert 404 in told, name
        for status in told:
            if status >= 400 and "/api/v1/" in name:
                content = operation["responses"][str(status)]["content"]
                assert list(content) == ["application/problem+json"], name


def test_every_path_is_in_the_document(anonymous: Caller, operations: dict[str, Any]) -> None:
    for name in operations:
        method, path = name.split()
        response = anonymous.request(method, path.replace("{", "").replace("}", ""))
        assert response.status_code != 405, name


def test_the_file_holds_the_same(anonymous: Caller, tmp_path: Path) -> None:
    call_command("openapi", str(tmp_path / "openapi.json"))
    written = json.loads((tmp_path / "openapi.json").read_text(encoding="utf-8"))
    assert written == anonymous.get("/openapi.json").json()


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({}, 200),
        ({"docs_enabled": False}, 404),
        ({"app_env": "production"}, 404),
        ({"app_env": "production", "docs_enabled": True}, 200),
    ],
)
def test_the_docs_can_be_switched_off(
    anonymous: Caller, settings: Settings, said: dict[str, Any], status: int
) -> None:
    settings.DOCS_ENABLED = Environment.model_construct(**said).shows_docs
    try:
        _read_anew(urls)
        assert anonymous.get("/docs").status_code == status
        assert anonymous.get("/openapi.json").status_code == 200
    finally:
        settings.DOCS_ENABLED = True
        _read_anew(urls)


def _read_anew(module: ModuleType) -> None:
    reload(module)
    clear_url_caches()


def test_the_docs_bring_their_own_scripts(anonymous: Caller) -> None:
    page = anonymous.get("/docs")
    assert page.headers["Content-Type"].startswith("text/html")
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]
    assert "<script>" not in page.text
    used = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert used
    for path in used:
        assert path.startswith("/static/")
        assert anonymous.get(path).status_code == 200
