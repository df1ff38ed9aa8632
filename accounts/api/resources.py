"""A resource: rows the token's holder sees, to list, read, add and change."""

from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import Any, ClassVar, cast

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from rest_framework import exceptions, mixins, viewsets
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.problems import KeyReused, PreconditionFailed, PreconditionRequired
from accounts.models import ApiToken, IdempotencyKey, User

KEY_HEADER = "Idempotency-Key"
LONGEST_KEY = 80


class Pages(CursorPagination):
    """Newest first; ``next`` leads on."""

    page_size = 50
    page_size_query_param = "size"
    max_page_size = 200
    ordering = "-id"


class Resource(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """Rows the token's holder sees, to list and to read; a subclass writes in ``add`` and ``change``."""

    scope: ClassVar[str]
    pagination_class = Pages
    lookup_value_converter = "int"

    @property
    def user(self) -> User:
        """The holder of the token."""
        return cast(User, self.request.user)

    def create(self, request: Request) -> Response:
        """Add one. With an ``Idempotency-Key`` header the same request is done once."""
        key = self._key()
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        with transaction.atomic():
            kept = self._keep(request, key) if key else None
            if kept and kept.location:
                return self._made(int(kept.location), is_replay=True)
            pk = self.add(serializer.validated_data)
            if kept:
                IdempotencyKey.objects.filter(pk=kept.pk).update(location=str(pk))
        return self._made(pk)

    def partial_update(self, request: Request, pk: int) -> Response:
        """Change what is sent; the rest stays."""
        row = self.get_object()
        serializer = self.get_serializer(row, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        with transaction.atomic():
            self.change(row, serializer.validated_data)
        return self.answer(self.get_object())

    def done_once(self, write: Callable[[], object]) -> Response:
        """A further verb of a row, done once under an ``Idempotency-Key``; the answer is the row as it is now."""
        with transaction.atomic():
            key = self._key()
            kept = self._keep(self.request, key) if key else None
            is_replay = bool(kept and kept.location)
            if not is_replay:
                write()
            if kept and not is_replay:
                IdempotencyKey.objects.filter(pk=kept.pk).update(location=str(self.kwargs["pk"]))
        answer = self.answer(self.get_object())
        if is_replay:
            answer["Idempotent-Replayed"] = "true"
        return answer

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.answer(self.get_object())

    def add(self, data: dict[str, Any]) -> int:
        """Write one row; its id."""
        raise NotImplementedError

    def change(self, row: Any, data: dict[str, Any]) -> None:
        """Write over a row."""
        raise NotImplementedError

    def etag_of(self, row: Any) -> str:
        """What changes with the row; empty where a change needs no If-Match."""
        return ""

    def _key(self) -> str:
        key: str = self.request.headers.get(KEY_HEADER, "")
        if len(key) > LONGEST_KEY or "\x00" in key:
            raise exceptions.ValidationError({KEY_HEADER: [f"At most {LONGEST_KEY} characters."]})
        return key

    def _keep(self, request: Request, key: str) -> IdempotencyKey:
        """The row of the key: new, or what is known of it. A second request waits here for the first."""
        wanted = sha256(f"{request.method} {request.path}\n".encode() + request._request.body).digest()
        token = cast(ApiToken, request.auth)
        try:
            with transaction.atomic():
                return IdempotencyKey.objects.create(token=token, key=key, request_hash=wanted, at=timezone.now())
        except IntegrityError:
            kept = IdempotencyKey.objects.get(token=token, key=key)
        if bytes(kept.request_hash) != wanted:
            raise KeyReused
        return kept

    def _made(self, pk: int, *, is_replay: bool = False) -> Response:
        self.kwargs["pk"] = pk
        try:
            answer = self.answer(self.get_object())
        except Http404:
            # It is written, and beyond what its writer sees: marketing logs secrets it may not read.
            answer = Response({"id": pk})
        answer.status_code = HTTPStatus.CREATED
        answer["Location"] = f"{self.request.path}{pk}/"
        if is_replay:
            answer["Idempotent-Replayed"] = "true"
        return answer

    def answer(self, row: Any) -> Response:
        """One row, with its ETag."""
        response = Response(self.get_serializer(row).data)
        if etag := self.etag_of(row):
            response["ETag"] = etag
        return response

    def check_match(self, row: Any) -> None:
        """Refuse a change of something other than what the caller saw."""
        given = self.request.headers.get("If-Match", "")
        if not given:
            raise PreconditionRequired
        if given.strip() not in {"*", self.etag_of(row)}:
            raise PreconditionFailed


def etag(seen: str) -> str:
    """A strong ETag of some words."""
    return f'"{sha256(seen.encode()).hexdigest()[:32]}"'
