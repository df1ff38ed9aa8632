"""The OpenAPI document: headers and errors that every resource shares."""

from typing import Any, Literal

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from accounts.api.authentication import TokenAuthentication
from accounts.api.problems import ProblemSerializer
from accounts.api.resources import KEY_HEADER, LONGEST_KEY, Resource

ERRORS = {
    "401": "No token, or one that is unknown, revoked or past its day.",
    "403": "The token lacks the scope, or its holder the right.",
    "429": "Too many requests; Retry-After says when to go on.",
}
OF_BODY = {"400": "Some fields are not right.", "415": "Only application/json is read."}
OF_ROW = {"404": "Nothing there that the holder sees."}
CONDITIONAL = {
    "412": "Somebody changed it meanwhile: get it again.",
    "428": "If-Match with the ETag of what is being changed is missing.",
}


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document describes the token."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class Document(AutoSchema):
    """Adds the idempotency key, If-Match and problem details."""

    def get_override_parameters(self) -> list[Any]:
        if self.method == "POST":
            words = "The same request with the same key is done once."
            schema = {"type": "string", "maxLength": LONGEST_KEY, "pattern": "^[!-~]*$"}
            return [OpenApiParameter(KEY_HEADER, schema, OpenApiParameter.HEADER, description=words)]
        if self.method == "PATCH" and self._is_conditional():
            words = "The ETag that came with what is being changed; * for whatever is there."
            return [OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, description=words)]
        return []

    def _is_conditional(self) -> bool:
        return getattr(type(self.view), "etag_of", None) is not Resource.etag_of

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        told = dict(ERRORS)
        if self.method in {"POST", "PATCH"}:
            told |= OF_BODY
        if self.method == "GET" and "{id}" not in self.path:
            told |= {"400": "A filter is not right.", "404": "The cursor leads nowhere."}
        if "{id}" in self.path:
            told |= OF_ROW
        if self.method == "POST":
            told |= {"422": "The idempotency key was used for another request."}
            told |= getattr(self.view, "post_refusals", {})
        if self.method == "PATCH" and self._is_conditional():
            told |= CONDITIONAL
        schema = self.resolve_serializer(ProblemSerializer, direction).ref
        content = {"application/problem+json": {"schema": schema}}
        return bodies | {status: {"description": words, "content": content} for status, words in told.items()}
