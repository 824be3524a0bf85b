from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.contract.cases import name_of
from tests.contract.client import Api, Journal
from tests.contract.domain import Service, load_service
from tests.contract.options import OPTIONS, Options, missing, read_options
from tests.contract.world import World

GROUPS = {
    "limits": "needs --rate-limit-default and --rate-limit-auth",
    "cors": "needs --cors-origin",
    "proxy": "needs --trusted-proxy=yes",
    "secret": "needs --secret-key",
    "disable": "needs --disable-command",
}
SERVICE = pytest.StashKey[Service]()
JOURNAL = pytest.StashKey[Journal]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("contract")
    for option in OPTIONS:
        group.addoption(option.flag, help=option.help, default=option.default)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "each(name, choose): once for each thing of the spec")
    config.addinivalue_line("markers", "only(applies): dropped where it says nothing")
    config.addinivalue_line("markers", "last: asks about all that was answered in the run")
    for name, reason in GROUPS.items():
        config.addinivalue_line("markers", f"{name}: {reason}")
    config.stash[JOURNAL] = Journal()


def is_asked(config: pytest.Config) -> bool:
    return bool(config.getoption("base_url", None) and config.getoption("spec", None))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Without a service there is nothing to ask: only the suite's own tests are collected."""
    is_contract = collection_path.parent == Path(__file__).parent and collection_path.is_file()
    return True if is_contract and not is_asked(config) else None


def service_of(config: pytest.Config) -> Service:
    if SERVICE not in config.stash:
        config.stash[SERVICE] = load_service(Path(config.getoption("spec")))
    return config.stash[SERVICE]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for mark in metafunc.definition.iter_markers("each"):
        name, choose = mark.args
        cases = list(choose(service_of(metafunc.config)))
        if cases:
            metafunc.parametrize(name, cases, ids=name_of)
        else:
            metafunc.parametrize(
                name, [pytest.param(None, marks=pytest.mark.only.with_args(_never))]
            )


def _never(_: Service) -> bool:
    return False


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not is_asked(config):
        return
    options = read_options(config)
    kept = [item for item in items if _applies(item, service_of(config), options)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept
    absent = set(missing(options))
    for item in items:
        for group in absent & {mark.name for mark in item.iter_markers()}:
            item.add_marker(pytest.mark.skip(reason=GROUPS[group]))
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


def _applies(item: pytest.Item, service: Service, options: Options) -> bool:
    if options.has_small_limits and item.get_closest_marker("limits") is None:
        return item.path.parent != Path(__file__).parent
    return all(mark.args[0](service) for mark in item.iter_markers("only"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    item.config.stash[JOURNAL].test = item.name


@pytest.fixture(scope="session")
def service(pytestconfig: pytest.Config) -> Service:
    return service_of(pytestconfig)


@pytest.fixture(scope="session")
def options(pytestconfig: pytest.Config) -> Options:
    return read_options(pytestconfig)


@pytest.fixture(scope="session")
def journal(pytestconfig: pytest.Config) -> Journal:
    return pytestconfig.stash[JOURNAL]


@pytest.fixture(scope="session")
def world(service: Service, options: Options, journal: Journal) -> Iterator[World]:
    limits = httpx2.Limits(max_connections=20, max_keepalive_connections=20)
    with httpx2.Client(base_url=options.base_url, timeout=30, limits=limits) as http:
        try:
            http.get("/healthz")
        except httpx2.TransportError as error:
            pytest.exit(f"nothing answers at {options.base_url}: {error}", returncode=2)
        yield World(service, options, http, journal)


@pytest.fixture(scope="session")
def anonymous(world: World) -> Api:
    return world.anonymous


@pytest.fixture(scope="session")
def openapi(anonymous: Api) -> dict[str, Any]:
    document: dict[str, Any] = anonymous.get("/openapi.json").json
    return document


@pytest.fixture(scope="session")
def template() -> dict[str, Any]:
    """Bodies that may be sent again and again, because they are never accepted."""
    return {}
