import re
from typing import Any

import pytest

from app.config import Settings
from tests.support.callers import Caller, application

METHODS = {"get", "post", "patch", "delete", "put"}


@pytest.fixture
def operations(anonymous: Caller) -> dict[str, dict[str, Any]]:
    """By method and path."""
    document = anonymous.get("/openapi.json").get_json()
    return {
        f"{method} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def test_the_document(anonymous: Caller) -> None:
    document = anonymous.get("/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    assert "Problem" in document["components"]["schemas"]
    assert not {"HTTPValidationError", "ValidationError"} & set(document["components"]["schemas"])


def test_every_operation_has_a_name_of_its_own(operations: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in operations.values()]
    assert len(set(names)) == len(names)


def test_every_problem_is_told(operations: dict[str, Any]) -> None:
    for name, operation in operations.items():
        told = {int(status) for status in operation["responses"]}
        if "/api/v1/" in name:
            assert {429, 500, 503} <= told, name
        if "requestBody" in operation:
            assert operation["requestBody"]["required"], name
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
    for name, operation in operations.items():
        method, path = name.split()
        filled = path.replace("{", "").replace("}", "")
        response = anonymous.request(method, filled, json={})
        assert response.status_code != 405, name
        assert (response.status_code == 401) == ("security" in operation), name


def test_the_docs_can_be_switched_off(settings: Settings) -> None:
    for change, status in (
        ({}, 200),
        ({"docs_enabled": False}, 404),
        ({"app_env": "production"}, 404),
        ({"app_env": "production", "docs_enabled": True}, 200),
    ):
        with application(settings.model_copy(update=change)) as caller:
            assert caller.get("/docs").status_code == status
            assert caller.get("/openapi.json").status_code == 200


def test_the_docs_bring_their_own_scripts(anonymous: Caller) -> None:
    page = anonymous.get("/docs")
    assert page.headers["Content-Type"].startswith("text/html")
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    used = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert used
    for path in used:
        assert path.startswith("/docs/")
        assert anonymous.get(path).status_code == 200
