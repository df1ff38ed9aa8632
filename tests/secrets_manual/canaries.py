"""A canary in a secret of every sensitivity, audience, team and state, and a crawl that looks for them.

Each canary has two words: ``word`` is what one searches for, ``tail`` what must not be seen. Pages may repeat what was
searched for; nobody ever searches for a tail.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from itertools import product
from uuid import uuid4

from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from customers.models import Contact, Customer
from secrets_manual.actions import (
    change_secret,
    log_secret,
    record_answer,
    record_consent,
    start_conversation,
    withdraw_consent,
)
from secrets_manual.models import Answer, Category, Question, Secret
from tests.conftest import NOW
from tests.secrets_manual.pdf import pages_of

AUDIENCES = (("sales",), ("service",), ("marketing",), ("sales", "service", "marketing"))
SENSITIVITIES = ("shared", "relationship", "confidential", "special")
ALL = AUDIENCES[-1]
# Every tail begins so: one look at a table finds any.
COMMON = "quillon"
ABSENT = "vexoburdimat"
# The addresses that ask a table with words of secrets, whoever opens them: the only ways out there are. The crawl of
# every address by everybody of the cast says when one is missing.
LOOKING = frozenset(
    [
        "ask_confidential",
        "blank_manuals",
        "case",
        "categories",
        "change_gesture",
        "change_secret",
        "conversation",
        "conversations",
        "coverage",
        "coverage_csv",
        "credits",
        "customer",
        "customer_reads",
        "customer_rest",
        "end_conversation",
        "export_reads",
        "gestures",
        "home",
        "lift_rest",
        "locked_secrets",
        "log_secret",
        "manual",
        "manual_pdf",
        "merge",
        "note_outcome",
        "print_manual",
        "privacy_request",
        "questions",
        "reads",
        "remove_category",
        "rest_secret",
        "review_secrets",
        "secret",
        "secrets",
        "timeline",
        "use_secret",
    ]
)
# What differs from one request to the next.
CHURN = re.compile(
    r'csrfmiddlewaretoken" value="[^"]+"|X-CSRFToken(?:"|&quot;): ?(?:"|&quot;)\w+|nonce[-=]"?[\w+/=-]+'
    r'|value="[0-9a-f]{8}-[0-9a-f-]{27}"|^(?:X-Request-ID|Set-Cookie|Server-Timing|Content-Length): .*$',
    re.MULTILINE,
)


@dataclass(frozen=True)
class Canary:
    """Where it sits, and its two words."""

    secret_id: int
    word: str
    tail: str
    kind: str


def made_up(seed):
    """A word nobody knows and no other resembles."""
    return "".join(chr(ord("a") + byte % 26) for byte in sha256(seed.encode()).digest()[:12])


def plant(customer, contact, owner, colleague, outsider):
    """Every combination in the owner's team, by two authors, and the widest of each kind in another team."""
    second = Contact.objects.create(customer=customer, name="Paul Aldous", email="paul@aldous.example")
    far = Customer.objects.create(name="Brandt Bakery", code="BRANDT", owner=outsider)
    for whom in (contact, second):
        consent = record_consent(customer, contact=whom, wording="You may.", acting_user=owner, at=NOW)
    record_consent(customer, wording="You may.", acting_user=owner, at=NOW)
    record_consent(far, wording="You may.", acting_user=outsider, at=NOW)
    found = [
        _log(customer, None, author, sensitivity, audiences)
        for author, sensitivity, audiences in product((owner, colleague), SENSITIVITIES, AUDIENCES)
    ]
    found += [_log(far, None, outsider, sensitivity, ALL) for sensitivity in SENSITIVITIES]
    found += [_log(customer, contact, owner, sensitivity, ALL) for sensitivity in SENSITIVITIES]
    found.append(_log(customer, second, owner, "special", ALL))
    withdraw_consent(consent, at_once=False, acting_user=owner, at=NOW)
    found.append(_log(customer, None, owner, "shared", ALL))
    Secret.objects.filter(pk=found[-1].secret_id).update(removed_at=NOW)
    return found


def _log(customer, contact, author, sensitivity, audiences):
    seed = f"{customer.code}{contact}{author.name}{sensitivity}{audiences}{Secret.objects.count()}"
    word, tail = made_up(seed), COMMON + made_up(f"tail {seed}")
    fields = {"category": Category.objects.get(key="dream"), "sensitivity": sensitivity, "audiences": audiences}
    secret = log_secret(
        customer, contact=contact, text=f"once {tail}", question=f"{tail}?", acting_user=author, at=NOW, **fields
    )
    change_secret(secret, text=f"{word} {tail}.", acting_user=author, at=NOW, **fields)
    return Canary(secret.pk, word, tail, f"{sensitivity} of {customer.name}")


def answer_heard(customer, by):
    """What somebody heard in a conversation and made no secret of yet."""
    talk = start_conversation(customer, contact=None, acting_user=by, at=NOW)
    tail = COMMON + made_up(f"heard by {by.name}")
    question = Question.objects.first()
    record_answer(talk, text=tail, question=question, about=None, own="", key=uuid4(), acting_user=by, at=NOW)
    assert Answer.objects.filter(conversation=talk).exists()
    return tail


def patterns(resolver=None, prefix=()):
    """Every URL pattern of the site with its name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name, (*prefix, pattern.pattern)
        else:
            yield from patterns(pattern, (*prefix, pattern.pattern))


def converters(parts):
    """Parameter names of a pattern and their converters."""
    return {name: converter for part in parts for name, converter in part.converters.items()}


def said(response):
    """Everything a response tells: status, headers, and its body as text, of a PDF its words."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"%PDF"):
        body = " ".join(pages_of(body)).encode()
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{response.status_code}\n{headers}\n{response.cookies.output()}\n{body.decode(errors='replace')}"


def same_shape(text, word):
    """A response with the searched word and what changes from request to request taken out."""
    return CHURN.sub("", text.replace(word, "W"))


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def path_of(name, kwargs):
    return reverse(name, kwargs=kwargs)


def later():
    return NOW + timedelta(minutes=30)
