import re

from app.config import Settings
from tests.support.callers import application

COUNT = re.compile(r"^http_server_request_duration_seconds_count\{(.*)\} (.*)$", re.MULTILINE)


def test_durations_by_method_route_and_status(settings: Settings) -> None:
    with application(settings) as caller:
        for path in ("/healthz", "/healthz", "/no/such/path", "/no/other/path"):
            caller.get(path)
        caller.request("STRANGE", "/healthz")
        response = caller.get("/metrics")
    assert response.headers["Content-Type"].startswith("text/plain; version=")
    counts = dict(COUNT.findall(response.text))
    assert counts['method="GET",route="/healthz",status="200"'] == "2.0"
    assert counts['method="GET",route="unmatched",status="404"'] == "2.0"
    assert "STRANGE" not in response.text
    assert "/no/" not in response.text


def test_applications_count_for_themselves(settings: Settings) -> None:
    with application(settings) as caller:
        caller.get("/healthz")
    with application(settings) as caller:
        assert "/healthz" not in caller.get("/metrics").text
