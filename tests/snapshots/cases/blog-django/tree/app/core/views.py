"""Views: HTTP in and out. The rules are in the services."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSetMixin

from app.core.access import Action, Actor, rule_of
from app.core.body import json_body
from app.core.columns import UUIDField
from app.core.fields import BIGINT, Json, Uuid, int_of_path, uuid_of_path
from app.core.listing import ListParameters, refuse_parameters
from app.core.models import Versioned
from app.core.openapi import IF_MATCH, Operation, page_of, shown, written
from app.core.rate_limit import client_address, rate_limiter
from app.core.serializers import Serializer
from app.core.services import Service
from app.core.versions import Expected, etag

INT_ID: Json = {"type": "integer", "minimum": 1, "exclusiveMaximum": BIGINT[1] + 1}
ACTIONS: Mapping[str, Action] = {
    "list": "list",
    "create": "create",
    "retrieve": "read",
    "partial_update": "update",
    "destroy": "delete",
}
WRITES = frozenset({"update", "delete"})
PROBLEMS: Mapping[Action, frozenset[int]] = {
    "list": frozenset(),
    "create": frozenset({409}),
    "read": frozenset({404, 422}),
    "update": frozenset({404, 409}),
    "delete": frozenset({404, 409, 422}),
}


class AlwaysJson(BaseContentNegotiation):
    """Whatever a client says that it accepts."""

    def select_renderer(self, _request: Any, renderers: Any, _suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class View(APIView):
    """What all operations have in common. `operations` are told by method to the OpenAPI document."""

    content_negotiation_class = AlwaysJson
    http_method_names = ["get", "post", "patch", "delete"]

    @property
    def allowed_methods(self) -> list[str]:
        return sorted(super().allowed_methods)

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {}

    @classmethod
    def operations(cls, _callback: Callable[..., Any]) -> Mapping[str, Operation]:
        return {}

    def initial(self, request: Request, *_args: Any, **_kwargs: Any) -> None:
        self.format_kwarg = None
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(
            request
        )
        if request.method not in self.allowed_methods:
            raise MethodNotAllowed(str(request.method))


class ApiView(View):
    """An operation of the API, of which each caller may ask so and so many."""

    @property
    def actor(self) -> Actor:
        return cast("Actor", self.request.user)

    @property
    def body(self) -> Any:
        return json_body(self.request._request)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who asks too often is turned away before the database is asked who it is."""
        super().initial(request, *args, **kwargs)
        self.limit_rate(request._request)
        self.perform_authentication(request)

    def limit_rate(self, request: HttpRequest) -> None:
        user_id = getattr(request, "user_id", None)
        who = ("user", str(user_id)) if user_id else ("address", client_address(request))
        rate_limiter().hit(settings.RATE_LIMIT_DEFAULT, *who)


class ResourceViewSet(ViewSetMixin, ApiView):
    """The five operations of a resource."""

    service: type[Service[Any]]
    serializer: type[Serializer]
    listing: ListParameters
    lookup_url_kwarg: str
    lookup_value_converter = "str"

    @property
    def rows(self) -> Service[Any]:
        return self.service(self.actor)

    @property
    def row_id(self) -> object:
        text: str = self.kwargs[self.lookup_url_kwarg]
        return uuid_of_path(text) if self._has_uuid() else int_of_path(text)

    def list(self, request: Request) -> Response:
        page = self.rows.page(self.listing.read(request._request.GET))
        rows = self.serializer(page.items, many=True).data
        total = {} if page.total is None else {"total": page.total}
        return Response({"items": rows, "next_cursor": page.next_cursor, **total})

    def create(self, request: Request) -> Response:
        row = self.rows.create(self.serializer.read(self.body))
        return self._answer(row, 201, {"Location": f"{request.path}/{row.pk}"})

    def retrieve(self, _request: Request, **_kwargs: str) -> Response:
        return self._answer(self.rows.get(self.row_id))

    def partial_update(self, request: Request, **_kwargs: str) -> Response:
        values = self.serializer.read(self.body, partial=True)
        row = self.rows.update(self.row_id, values, Expected.of(request._request))
        return self._answer(row)

    def destroy(self, request: Request, **_kwargs: str) -> Response:
        self.rows.delete(self.row_id, Expected.of(request._request))
        return Response(status=204)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        action = ACTIONS[str(self.action)]
        self.rows.admit(action)
        if action != "list":
            refuse_parameters(request._request.GET)

    def _answer(self, row: Any, status: int = 200, headers: Mapping[str, str] = {}) -> Response:
        tagged = {"ETag": etag(row)} if isinstance(row, Versioned) else {}
        return Response(self.serializer(row).data, status, headers={**headers, **tagged})

    @classmethod
    def _has_uuid(cls) -> bool:
        return isinstance(cls.service.model._meta.pk, UUIDField)

    @classmethod
    def id_schema(cls) -> Json:
        return Uuid.body if cls._has_uuid() else INT_ID

    @classmethod
    def operations(cls, callback: Any) -> Mapping[str, Operation]:
        return {
            method: cls.operation(ACTIONS[action])
            for method, action in callback.actions.items()
            if method in cls.http_method_names
        }

    @classmethod
    def operation(cls, action: Action) -> Operation:
        model = cls.service.model
        name, plural = model.__name__, str(model._meta.verbose_name_plural)
        row = shown(cls.serializer, f"{name}Read")
        verb = "get" if action == "read" else action
        many = "".join(word.capitalize() for word in plural.split())
        is_versioned = issubclass(model, Versioned)
        answers = {"list": page_of(row, f"{name}Page"), "delete": None}
        bodies = {
            "create": written(cls.serializer, f"{name}Create"),
            "update": written(cls.serializer, f"{name}Update", partial=True),
        }
        parameters = {"list": cls.listing.parameters}
        tagged = ["ETag"] if is_versioned and action in {"create", "read", "update"} else []
        return Operation(
            id=verb + (many if action == "list" else name),
            tag=plural.capitalize(),
            status={"create": 201, "delete": 204}.get(action, 200),
            body=bodies.get(action),
            answer=answers.get(action, row),
            headers=[*(["Location"] if action == "create" else []), *tagged],
            parameters=parameters.get(
                action, [IF_MATCH] if is_versioned and action in WRITES else []
            ),
            problems=cls._problems(action),
            secured=rule_of(model, action) != "public",
        )

    @classmethod
    def _problems(cls, action: Action) -> frozenset[int]:
        model = cls.service.model
        rule, problems = rule_of(model, action), PROBLEMS[action]
        if rule == "public" and apps.is_installed("app.users"):
            problems |= {401}
        if rule == "admin" or (rule == "owner" and action in WRITES):
            problems |= {403}
        return (
            problems | {412, 428} if issubclass(model, Versioned) and action in WRITES else problems
        )
