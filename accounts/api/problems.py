"""Errors as problem details."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError as Refused
from django.http import HttpRequest, JsonResponse
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.views import exception_handler

PROBLEM = "application/problem+json"


def api_nowhere(request: HttpRequest, rest: str) -> JsonResponse:
    """An address below the API where nothing is."""
    about = {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "There is nothing at this address."}
    return JsonResponse(about, status=404, content_type=PROBLEM)


class PreconditionFailed(exceptions.APIException):
    status_code = HTTPStatus.PRECONDITION_FAILED
    default_detail = "Somebody changed this meanwhile. Get it again and look before you write over it."


class PreconditionRequired(exceptions.APIException):
    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_detail = "Send If-Match with the ETag of what you are changing."


class KeyReused(exceptions.APIException):
    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    default_detail = "This idempotency key was used for another request."


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """Any error as problem details."""
    if isinstance(error, Refused):
        error = exceptions.ValidationError(as_serializer_error(error))
    response = exception_handler(error, context)
    if response is None:
        return None
    status = HTTPStatus(response.status_code)
    told = response.data
    about: dict[str, Any] = {"type": "about:blank", "title": status.phrase, "status": status.value}
    if status == HTTPStatus.BAD_REQUEST and not (isinstance(told, dict) and set(told) == {"detail"}):
        about |= {"detail": "Some fields are not right.", "errors": told}
    else:
        about["detail"] = str(told.get("detail", "")) if isinstance(told, dict) else ""
    response.data = about
    response.content_type = PROBLEM
    return response


class ProblemSerializer(serializers.Serializer[Any]):
    """How errors look (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """``errors`` cannot be declared: the class has a property of this name."""
        wrong = serializers.DictField(required=False, help_text="What is wrong with each field.")
        return {**super().get_fields(), "errors": wrong}
