"""The ways in which a Flask project is broken: its own, and FastAPI's where the code is made of FastAPI's."""

import re
from dataclasses import replace

from tests.bite import fastapi
from tests.bite.breakage import Breakage, Table

RESOURCES = (
    Breakage(
        "a deletion answers 200",
        "app/addresses/routes.py",
        'return "", 204',
        'return "", 200',
        "tests/addresses",
    ),
    Breakage(
        "Location leaves out the prefix",
        "app/addresses/routes.py",
        'url_for(".get_address", address_id=address.id)',
        'f"/addresses/{address.id}"',
        "tests/addresses",
    ),
    Breakage(
        "an operation ignores its query parameters",
        "app/addresses/routes.py",
        "@no_parameters\n@bp.doc(",
        "@bp.doc(",
        "tests/addresses",
    ),
    Breakage(
        "a list lets anybody in",
        "app/addresses/routes.py",
        '@bp.get("")\n@bp.auth_required(bearer)\n',
        '@bp.get("")\n',
        "tests/core/test_openapi.py",
    ),
    Breakage(
        "a resource is not wired",
        "app/resources.py",
        "    addresses.bp,\n",
        "",
        "tests/addresses",
    ),
    Breakage(
        "a deletion ignores If-Match",
        "app/products/service.py",
        "expected.check(product)\n        self.products.delete",
        "self.products.delete",
        "tests/products",
    ),
    Breakage(
        "a changed row has its old ETag",
        "app/products/routes.py",
        "update(product_id, data, expected())\n"
        '    return ProductRead.model_validate(product), {"ETag": etag(product)}',
        "update(product_id, data, expected())\n"
        "    return ProductRead.model_validate(product), "
        '{"ETag": f\'"{product.version - 1}"\'}',
        "tests/products",
    ),
    Breakage(
        "an id that is none is the first row's",
        "app/core/views.py",
        'if follows(r"^[1-9][0-9]{0,18}$", value) else 0',
        'if follows(r"^[1-9][0-9]{0,18}$", value) else 1',
        "tests/core/test_views.py",
    ),
    Breakage(
        "an id that no column holds is asked for",
        "app/core/views.py",
        "return number if number <= BIGINT[1] else 0",
        "return number",
        "tests/tags",
    ),
)

BODIES_AND_PROBLEMS = (
    Breakage(
        "nothing looks at a body's type",
        "app/core/body.py",
        'if not _is_json(request.headers.get("Content-Type", "")):',
        "if False:",
        "tests/core/test_bodies.py",
    ),
    Breakage(
        "a body may be of any charset",
        "app/core/body.py",
        ' and charset == "utf-8"',
        ' and charset != ""',
        "tests/core/test_bodies.py",
    ),
    Breakage(
        "what is no number passes for one",
        "app/core/body.py",
        "allow_inf_nan=False",
        "allow_inf_nan=True",
        "tests/core/test_bodies.py",
    ),
    Breakage(
        "a body sent in chunks has no limit",
        "app/core/body.py",
        "if len(content) > limit:",
        "if (request.content_length or 0) > limit:",
        "tests/core/test_bodies.py",
    ),
    Breakage(
        "a body at the limit is over it",
        "app/core/body.py",
        "if len(content) > limit:",
        "if len(content) >= limit:",
        "tests/core/test_bodies.py",
    ),
    Breakage(
        "a bug shows its traceback",
        "app/core/problems.py",
        '"An unexpected error; it has been logged")',
        '__import__("traceback").format_exc())',
        "tests/core/test_problems.py",
    ),
    Breakage(
        "a bug is logged without its traceback",
        "app/core/problems.py",
        'error_log.error("unexpected error", exc_info=error)',
        'error_log.error("unexpected error")',
        "tests/core/test_problems.py",
    ),
    Breakage(
        "a problem does not name its request",
        "app/core/problems.py",
        '"request_id": g.request_id',
        '"request_id": ""',
        "tests/core/test_problems.py",
    ),
    Breakage(
        "a 405 does not say what is allowed",
        "app/core/problems.py",
        "if isinstance(error, MethodNotAllowed):",
        "if error.code is None:",
        "tests/core/test_problems.py",
    ),
    Breakage(
        "of all wrong fields one is told",
        "app/core/body.py",
        "for item in found]",
        "for item in found[:1]]",
        "tests/products",
    ),
    Breakage(
        "a wrong field is told without its body",
        "app/core/body.py",
        '("body", *item["loc"])',
        'item["loc"]',
        "tests/products",
    ),
    Breakage(
        "OpenAPI has bodies that need not be sent",
        "app/core/openapi.py",
        'operation["requestBody"]["required"] = True',
        'operation["requestBody"]["required"] = False',
        "tests/core/test_openapi.py",
    ),
)

HEADERS_AND_OPERATIONS = (
    Breakage(
        "the request id is not echoed",
        "app/core/requests.py",
        '    response.headers["X-Request-ID"] = g.request_id\n',
        "",
        "tests/core/test_headers.py",
    ),
    Breakage(
        "any request id is taken",
        "app/core/requests.py",
        "sent if SANE_REQUEST_ID.fullmatch(sent) else",
        "sent or",
        "tests/core/test_headers.py",
    ),
    Breakage(
        "a log line does not name its request",
        "app/core/requests.py",
        "    logs.request_id.set(g.request_id)\n",
        "",
        "tests/core/test_logs.py",
    ),
    Breakage(
        "an access line does not name its user",
        "app/core/requests.py",
        '    user_id = g.get("user_id")\n',
        "    user_id = None\n",
        "tests/core/test_logs.py",
    ),
    Breakage(
        "a security header is lost",
        "app/core/requests.py",
        '    "X-Content-Type-Options": "nosniff",\n',
        "",
        "tests/core/test_headers.py",
    ),
    Breakage(
        "no browser is told to stay with TLS",
        "app/core/requests.py",
        '        response.headers["Strict-Transport-Security"] = HSTS\n',
        "        pass\n",
        "tests/core/test_headers.py",
    ),
    Breakage(
        "answers to someone may be stored",
        "app/core/requests.py",
        'if "Authorization" in request.headers or',
        "if",
        "tests/core/test_headers.py",
    ),
    Breakage(
        "tokens may be stored",
        "app/core/requests.py",
        ' or request.path.startswith(f"{PREFIX}/auth/")',
        "",
        "tests/core/test_headers.py",
    ),
    Breakage(
        "an answer does not say that it depends on the origin",
        "app/core/requests.py",
        '    response.vary.add("Origin")\n',
        "",
        "tests/core/test_headers.py",
    ),
    Breakage(
        "every origin is let in",
        "app/main.py",
        "origins=list(settings.cors_origins)",
        'origins="*"',
        "tests/core/test_headers.py",
    ),
    Breakage(
        "every proxy is trusted",
        "app/main.py",
        "settings.trusted_proxies)  #",
        '("0.0.0.0/0",))  #',
        "tests/core/test_rate_limit.py",
    ),
    Breakage(
        "a client names its own address",
        "app/core/proxies.py",
        "strangers[-1] if strangers else",
        "strangers[0] if strangers else",
        "tests/core/test_proxies.py",
    ),
    Breakage(
        "nothing is limited",
        "app/main.py",
        "    blueprint.before_request(limit_rate)\n",
        "",
        "tests/core/test_rate_limit.py",
    ),
    Breakage(
        "users share the limit of their address",
        "app/core/rate_limit.py",
        'who = ("user", str(user_id)) if user_id else ("address", client_address())',
        'who = ("address", client_address())',
        "tests/core/test_rate_limit.py",
    ),
    Breakage(
        "guessing refresh tokens is not limited",
        "app/auth/routes.py",
        '@bp.post("/refresh")\n@first(limit_logins)\n',
        '@bp.post("/refresh")\n',
        "tests/core/test_rate_limit.py",
    ),
    Breakage(
        "readiness does not ask the database",
        "app/core/health.py",
        'lambda: db.session.execute(text("SELECT 1"))',
        "lambda: text and db",
        "tests/core/test_health.py",
    ),
    Breakage(
        "readiness does not ask Redis",
        "app/core/health.py",
        "if redis is not None:",
        "if redis is None and False:",
        "tests/core/test_health.py",
    ),
    Breakage(
        "metrics and logs hold raw paths",
        "app/core/metrics.py",
        'return _in_braces(request.url_rule.rule) if request.url_rule else "unmatched"',
        "return request.path",
        "tests/core/test_metrics.py",
    ),
    Breakage(
        "a password is logged",
        "app/auth/routes.py",
        "    return accounts().log_in(data)",
        '    __import__("logging").getLogger("app").info("login", extra={"data": data})\n'
        "    return accounts().log_in(data)",
        "tests/core/test_logs.py",
    ),
    Breakage(
        "HEAD is answered beside GET",
        "app/main.py",
        'self.methods and self.methods - {"HEAD"}',
        "self.methods",
        "tests/core/test_problems.py",
    ),
    Breakage(
        "a path with two slashes is another one's",
        "app/main.py",
        "    app.url_map.merge_slashes = False\n",
        "",
        "tests/core/test_problems.py",
    ),
    Breakage(
        "the server answers in its own words",
        "app/core/worker.py",
        "if not isinstance(exc, ParseException):",
        "if True:",
        "tests/core/test_server.py",
    ),
    Breakage(
        "a long query is no request",
        "app/core/worker.py",
        "LONGEST_REQUEST_LINE = 65_536",
        "LONGEST_REQUEST_LINE = 8_190",
        "tests/core/test_server.py",
    ),
    Breakage(
        "the server's own lines are not JSON",
        "app/server.py",
        "logger_class = JsonLines\n",
        "",
        "tests/core/test_server.py",
    ),
    Breakage(
        "the server leaves what it has begun",
        "app/server.py",
        "SECONDS_TO_FINISH = 30",
        "SECONDS_TO_FINISH = 0",
        "tests/core/test_server.py",
    ),
)

ACCESS_TOKENS = (
    Breakage(
        "a disabled user passes",
        "app/auth/actors.py",
        "if user is None or not user.is_active:",
        "if user is None:",
        "tests/auth/test_tokens.py",
    ),
    Breakage(
        "who shows a bad token is nobody in particular",
        "app/auth/actors.py",
        "    if user_id is None:\n        raise Unauthorized",
        "    if user_id is None:\n        return ANONYMOUS",
        "tests/auth/test_tokens.py",
    ),
    Breakage(
        "a token is taken under another scheme",
        "app/auth/actors.py",
        'if scheme.lower() == "bearer":',
        "if scheme:",
        "tests/auth/test_tokens.py",
    ),
    Breakage(
        "everybody is an admin",
        "app/auth/actors.py",
        "return Actor(user_id, user.role)",
        'return Actor(user_id, "admin")',
        "tests/addresses/test_access.py",
    ),
    Breakage(
        "who signs in stays signed in for the next one",
        "app/auth/actors.py",
        "    g.actor = _actor()\n    actor: Actor = g.actor\n    return actor",
        '    current_actor.__dict__.setdefault("actor", _actor())\n'
        '    return current_actor.__dict__["actor"]',
        "tests/auth/test_me.py",
    ),
)

ONLY_ON_POSTGRESQL = (
    Breakage(
        "a duplicate does not name its field on PostgreSQL",
        "app/core/integrity.py",
        'getattr(diagnosis, "constraint_name", None) or ',
        "",
        "tests/tags",
        database="postgresql",
    ),
)

OWN = (
    *RESOURCES,
    *BODIES_AND_PROBLEMS,
    *HEADERS_AND_OPERATIONS,
    *ACCESS_TOKENS,
    *ONLY_ON_POSTGRESQL,
)
# What these break is done by Flask, Werkzeug or gunicorn, or by other code.
ONLY_IN_FASTAPI = {
    "nothing looks at bodies",
    "Allow names one route's methods",
    "a malformed id is invalid",
    "an id past 64 bits is looked for",
    "half a surrogate pair is taken",
    "OpenAPI keeps FastAPI's own problems",
    "a head may go on for ever",
    "the server tells what it is",
    "the server believes what any client forwards",
}


def shared() -> list[Breakage]:
    """FastAPI's, in synchronous code; one of Flask's own that is named alike stands in for it."""
    replaced = ONLY_IN_FASTAPI | {row.name for row in OWN}
    return [
        replace(row, text=synchronous(row.text), instead=synchronous(row.instead))
        for row in fastapi.TABLE.breakages
        if row.name not in replaced
    ]


def synchronous(text: str) -> str:
    return re.sub(r"\b(async|await) ", "", text)


TABLE = Table(
    command=fastapi.TABLE.command,
    installed=fastapi.TABLE.installed,
    red=fastapi.TABLE.red,
    breakages=tuple(sorted((*OWN, *shared()), key=lambda row: row.project, reverse=True)),
)
