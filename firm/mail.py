"""Hand mails to the mail server, many over one connection, and say what became of each."""

import contextlib
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.smtp import EmailBackend

from firm import rules


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

    def reach(self) -> Verdict | None:
        """Open the connection unless it is; a verdict where nobody answers. Nothing has been handed over then."""
        try:
            self.backend.open()
        except (OSError, AnymailError) as error:
            self.hang_up()
            return unreachable(error)
        return None

    def hand_over(self, message: EmailMessage) -> Verdict:
        """Send one mail now. An idle connection that the server has closed meanwhile is opened once more."""
        is_fresh = True
        try:
            is_fresh = self.backend.open()
            self.backend.send_messages([message])
        except (Unanswered, smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, AnymailError) as error:
            return self._refused(error)
        except ValueError as error:
            return Verdict(Outcome.NEVER, f"This address cannot be written to: {error}")
        except OSError as error:
            self.hang_up()
            return unreachable(error) if is_fresh else self.hand_over(message)
        return Verdict(Outcome.SENT)

    def _refused(self, error: Exception) -> Verdict:
        """A server that says 421 is about to close the connection; elsewhere it takes the next mail."""
        match error:
            case smtplib.SMTPRecipientsRefused():
                code, answer = next(iter(error.recipients.values()))
                verdict = by_code(code, answer, of_recipient=True)
            case smtplib.SMTPDataError():
                code, verdict = error.smtp_code, by_code(error.smtp_code, error.smtp_error)
            case AnymailError():
                return by_api(error)
            case Unanswered():
                code = 421
                verdict = Verdict(Outcome.DOUBTFUL, f"The connection broke after the text was sent: {error}")
            case _:
                # The sender or the sign-in is refused: our own fault, which would befall every mail.
                code, verdict = 421, unreachable(error)
        if code == 421:
            self.hang_up()
        return verdict

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


def unreachable(error: Exception) -> Verdict:
    """Nobody took the mail, and nobody will take another."""
    return Verdict(Outcome.LATER, str(error) or type(error).__name__, unreachable=True)


def by_code(code: int, answer: bytes | str, *, of_recipient: bool = False) -> Verdict:
    """4xx is worth another try; 5xx is final, and may mean that the address does not exist."""
    reason = f"{code} {answer.decode(errors='replace') if isinstance(answer, bytes) else answer}"
    if 400 <= code < 500:
        return Verdict(Outcome.LATER, reason)
    return Verdict(Outcome.NEVER, reason, bounced=rules.is_no_address(reason, of_recipient=of_recipient))


def by_api(error: AnymailError) -> Verdict:
    """A provider's answer over HTTP; without any, the mail may have been taken."""
    if isinstance(error, AnymailRecipientsRefused):
        return Verdict(Outcome.NEVER, str(error), bounced=True)
    if isinstance(error, AnymailAPIError) and error.response is None:
        return Verdict(Outcome.DOUBTFUL, f"The provider did not answer: {error}")
    return unreachable(error)
