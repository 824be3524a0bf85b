"""The admin site as a browser sees it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.forms import ModelForm, model_to_dict
from django.test import Client
from django.urls import reverse

from app.users.models import User
from tests.support.callers import Caller


class Pages:
    """Those of one model, for an administrator."""

    def __init__(self, admin: Caller, model: type[Model]) -> None:
        self.model = model
        self.browser = Client()
        self.browser.force_login(User.objects.get(pk=str(admin.user_id)))

    def ask(self, page: str, *row_id: Any) -> Any:
        response = self.browser.get(self._url(page, *row_id))
        assert response.status_code == 200, page
        return response.context

    def add(self, values: Mapping[str, Any]) -> None:
        self._save(self._url("add"), values)

    def change(self, row_id: Any, values: Mapping[str, Any]) -> None:
        self._save(self._url("change", row_id), values)

    def filled(self, row: Model, *page: Any) -> dict[str, Any]:
        """What a browser sends when the page's form is filled with the row."""
        form: type[ModelForm[Any]] = type(self.ask(*page)["adminform"].form)
        sent: dict[str, Any] = {}
        for field in form(initial=model_to_dict(row)):
            name, value = field.html_name, field.value()
            drawn = field.field.widget.get_context(name, value, {})["widget"]
            for part in drawn.get("subwidgets", [drawn]):
                is_checked = part["attrs"].get("checked")
                sent[part["name"]] = "on" if is_checked else part["value"]
        return {name: value for name, value in sent.items() if value is not None}

    def _save(self, url: str, values: Mapping[str, Any]) -> None:
        response = self.browser.post(url, values)
        errors = response.context["errors"] if response.context else ()
        assert (response.status_code, [*errors]) == (302, [])

    def _url(self, page: str, *row_id: Any) -> str:
        meta = self.model._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=row_id)
