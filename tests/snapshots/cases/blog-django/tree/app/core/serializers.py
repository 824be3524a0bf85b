"""What clients write and are shown."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from app.core.errors import FieldError, Invalid


class Serializer(serializers.Serializer[Any]):
    """`readonly` are keys that exist, but are not the client's to set."""

    readonly: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def read(cls, body: object, *, partial: bool = False) -> dict[str, Any]:
        """The values of a request, as Python objects; of a `partial` one only what was sent."""
        if not isinstance(body, dict):
            raise Invalid(errors=[FieldError("body", "type", "Must be an object")])
        serializer = cls(data=body, partial=partial)
        serializer.is_valid(raise_exception=True)
        values: dict[str, Any] = serializer.validated_data
        return values

    def to_internal_value(self, data: Mapping[str, Any]) -> Any:
        """Every wrong key is told at once, those that are not there as well."""
        errors = self._not_writable(data)
        try:
            values = super().to_internal_value(data)
        except ValidationError as error:
            raise ValidationError({**errors, **error.detail}) from None  # type: ignore[dict-item] # by key
        if errors:
            raise ValidationError(errors)
        return values

    def _not_writable(self, data: Mapping[str, Any]) -> dict[str, list[ErrorDetail]]:
        writable = {field.field_name for field in self._writable_fields}
        return {
            key: [
                ErrorDetail("Is set by the service", "readonly")
                if key in self.readonly
                else ErrorDetail("There is no such field", "unknown")
            ]
            for key in data
            if key not in writable
        }
