"""Hand mails to the mail server, many over one connection, and say what became of each."""

import contextlib
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from anymail.exceptions import AnymailError
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.smtp import EmailBackend


class Outcome(StrEnum):
    SENT = "sent"
    LATER = "later"
    NEVER = "never"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class Verdict:
    """What the server said. ``bounced``: the address does not exist; ``unreachable``: nobody answered at all."""

    outcome: Outcome
    reason: str = ""
    bounced: bool = False
    unreachable: bool = False


class Unanswered(Exception):
    """The server was given the whole mail and did not say whether it took it."""


class CarefulData:
    """Tells a broken connection after the mail's text from one before it: only the latter is safe to repeat."""

    def data(self, msg: Any) -> tuple[int, bytes]:
        try:
            return super().data(msg)  # type: ignore[misc, no-any-return]
        except smtplib.SMTPResponseException:
            raise
        except OSError as error:
            raise Unanswered(str(error)) from error


class CarefulSMTP(CarefulData, smtplib.SMTP):
    pass


class CarefulSMTPOverTLS(CarefulData, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    """Django's SMTP backend over a connection that raises ``Unanswered``."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return CarefulSMTPOverTLS if self.use_ssl else CarefulSMTP


class Postman:
    """One connection to the mail server, opened at the first mail and again after it broke."""

    def __init__(self) -> None:
        self.backend: Any = mailers["default"]

    def hand_over(self, message: EmailMessage) -> Verdict:
        """Send one mail now."""
        try:
            self.backend.open()
            self.backend.send_messages([message])
        except Unanswered as error:
            self.hang_up()
            return Verdict(Outcome.DOUBTFUL, f"The connection broke after the text was sent: {error}")
        except smtplib.SMTPRecipientsRefused as error:
            return by_code(*next(iter(error.recipients.values())))
        except smtplib.SMTPResponseException as error:
            self.hang_up()
            return by_code(error.smtp_code, error.smtp_error)
        except (OSError, AnymailError) as error:
            self.hang_up()
            return Verdict(Outcome.LATER, str(error) or type(error).__name__, unreachable=True)
        return Verdict(Outcome.SENT)

    def hang_up(self) -> None:
        """Close the connection, however broken."""
        with contextlib.suppress(OSError):
            self.backend.close()


@contextlib.contextmanager
def postman() -> Iterator[Postman]:
    """A postman whose connection is closed at the end."""
    person = Postman()
    try:
        yield person
    finally:
        person.hang_up()


def by_code(code: int, answer: bytes | str) -> Verdict:
    """4xx is worth another try; 5xx is final, and 5.1.x means that the address does not exist."""
    reason = f"{code} {answer.decode(errors='replace') if isinstance(answer, bytes) else answer}"
    if 400 <= code < 500:
        return Verdict(Outcome.LATER, reason)
    return Verdict(Outcome.NEVER, reason, bounced=" 5.1." in reason)
