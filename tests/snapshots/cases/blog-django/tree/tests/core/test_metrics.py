import re

from tests.support.callers import Caller

COUNT = re.compile(r"^http_server_request_duration_seconds_count\{(.*)\} (.*)$", re.MULTILINE)


def counts(anonymous: Caller) -> dict[str, float]:
    response = anonymous.get("/metrics")
    assert response.headers["Content-Type"].startswith("text/plain; version=")
    assert "STRANGE" not in response.text
    assert "/no/" not in response.text
    return {labels: float(count) for labels, count in COUNT.findall(response.text)}


def test_durations_by_method_route_and_status(anonymous: Caller) -> None:
    before = counts(anonymous)
    for path in ("/healthz", "/healthz", "/no/such/path", "/no/other/path"):
        anonymous.get(path)
    anonymous.request("STRANGE", "/healthz")
    after = counts(anonymous)
    for labels in (
        'method="GET",route="/healthz",status="200"',
        'method="GET",route="unmatched",status="404"',
    ):
        assert after[labels] - before.get(labels, 0) == 2
