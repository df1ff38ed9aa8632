"""A mail whose headers with addresses of pages stay whole."""

from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from functools import cache
from typing import Any

from django.core.mail import EmailMultiAlternatives


class WholeHeader(UnstructuredHeader):
    """Written on one line, as long as it is. Python would cut a long address into encoded words, which no mail
    program reads where RFC 2369 and RFC 8058 want a plain one."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]


class Headers(HeaderRegistry):
    """Python's classes of headers, each made once instead of once a header."""

    @cache  # noqa: B019 - there is one of it
    def __getitem__(self, name: str) -> Any:
        return super().__getitem__(name)


HEADERS = Headers()
HEADERS.map_to_type("list-unsubscribe", WholeHeader)  # type: ignore[arg-type]
POLICY = SMTP.clone(header_factory=HEADERS)


class Message(EmailMultiAlternatives):
    """Django's, with the headers above."""

    def message(self, *, policy: Policy | None = None) -> EmailMessage:
        return super().message(policy=POLICY)
