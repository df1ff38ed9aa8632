"""A customer with a row in every table that hangs on customers, every text of it a canary."""

import uuid
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from zlib import crc32

import pghistory
import pgtrigger
from cryptography.fernet import InvalidToken
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from compensation.models import SaleCredit
from customers.models import (
    Contact,
    ContactPoint,
    ImportChange,
    ImportRow,
    ImportRun,
    Interaction,
    Misfit,
    Occasion,
    Ownership,
    Promise,
    Relation,
    Sale,
    SavedView,
)
from desk.models import BulkChange, Different, Export, Merge
from desk.queries.holdings import is_text, tables
from firm.models import CaughtMail, Job, Notification, OutboxMail
from recovery import models as recovery
from recovery.models import Case, CaseEvent, Flag, Milestone
from report_cards import models as cards
from secrets_manual.actions import change_secret, grant_access, log_secret, note_reads, record_consent, use_secret
from secrets_manual.models import Answer, Category, Conversation, PrivacyRequest
from secrets_manual.vault import open_sealed, seal
from tests.conftest import NOW

CANARY = "kingfisherwinter"
TOO_SHORT = {"currency", "language", "pgh_label"}
# Written by the system, never by a person.
OPAQUE = {"secrets_manual.AccessGrant.reference", "secrets_manual.PrivacyRequest.report"}


def write_everything(customer, contact, other, owner, officer):
    """Rows in every table; ``other`` is another customer, without anything."""
    second = Contact.objects.create(customer=customer, name="Second", email="second@aldous.example")
    ContactPoint.objects.create(contact=contact, kind="phone", value="+49 431 1", label="x")
    Occasion.objects.create(customer=customer, contact=contact, label="x", month=5, day=4)
    Relation.objects.create(contact=contact, other=second, kind="x")
    Ownership.objects.filter(customer=customer).update(reason="x")
    Promise.objects.create(customer=customer, text="x", due_on=date(2026, 12, 1), made_by=owner, outcome="x")
    Interaction.objects.create(customer=customer, contact=contact, note="x", on=date(2026, 11, 1), by=owner)
    misfit = {"needed": "x", "why_not": "x", "offered": "x", "whose": "x"}
    Misfit.objects.create(customer=customer, contact=contact, noted_on=date(2026, 11, 1), noted_by=owner, **misfit)
    sold = {"customer": customer, "salesperson": owner, "ordered_on": date(2026, 10, 5), "currency": "EUR"}
    sale = Sale.objects.create(order_number="S-1", amount=Decimal("120.50"), **sold)
    SaleCredit.objects.create(sale=sale, salesperson=owner, share_ppm=1_000_000, changed_by=owner, changed_at=NOW)
    _manual(customer, contact, owner, officer)
    _ratings(customer, contact, owner, officer)
    _case(customer, owner)
    Merge.objects.create(
        kept=customer, gone=other, state="done", asked_by=owner, asked_at=NOW, decided_by=owner, decided_at=NOW
    )
    Different.objects.create(first=customer, second=other, said_by=owner, said_at=NOW)


def _manual(customer, contact, owner, officer):
    record_consent(customer, contact=contact, wording="x", acting_user=owner, at=NOW)
    for sensitivity in ("shared", "confidential", "special"):
        secret = log_secret(
            customer,
            contact=contact,
            category=Category.objects.get(key="dream"),
            text="x",
            sensitivity=sensitivity,
            audiences=["sales"],
            question="x",
            acting_user=owner,
            at=NOW,
        )
        words = {"text": "y", "sensitivity": sensitivity, "audiences": ["sales"], "category": secret.category}
        change_secret(secret, **words, acting_user=owner, at=NOW)
        with pghistory.context(deed="change_secret", reason=CANARY):
            type(secret).objects.filter(pk=secret.pk).update(confidence=1)
        note_reads([secret], user=owner, why="customer page", at=NOW)
        use_secret(secret, reference="", note="x", acting_user=owner, at=NOW)
    talk = Conversation.objects.create(customer=customer, contact=contact, by=owner, began_at=NOW)
    Answer.objects.create(
        conversation=talk, asked="x", own=seal("x"), sealed=seal("x"), at=NOW, key=uuid.uuid4(), about=secret
    )
    until = NOW + timedelta(days=3)
    grant_access(customer, user=officer, purpose="privacy", until=until, reference="privacy:0", at=NOW, reason="x")
    PrivacyRequest.objects.create(
        kind="access",
        customer=customer,
        contact=contact,
        received_on=date(2026, 11, 1),
        due_on=date(2026, 12, 1),
        note="x",
        identified="x",
        outcome="x",
        opened_by=officer,
        opened_at=NOW,
    )


def _ratings(customer, contact, owner, officer):
    card = cards.ReportCard.objects.create(year=2026, version=1, name="Card", first_month="2026-01-01", made_by=owner)
    month = cards.Round.objects.create(
        month="2026-10-01", card=card, drawn_at=NOW - timedelta(days=20), closes_at=NOW - timedelta(days=3)
    )
    invitation = cards.Invitation.objects.create(
        round=month,
        customer=customer,
        contact=contact,
        salesperson=owner,
        address=contact.email,
        wording={"firm": "Fairwater Supply", "salesperson": owner.name, "customer": "x", "contact": "x"},
        state="sent",
        sent_at=NOW,
        reason="x",
    )
    cards.InvitationToken.objects.create(invitation=invitation, token_hash=sha256(b"token").digest(), minted_at=NOW)
    response = cards.Response.objects.create(
        invitation=invitation, version=1, first_at=NOW, last_at=NOW, comment="x", fit="no", offered=True, likely=9
    )
    content = {"words": {"listening": "good"}, "reasons": {"listening": "x"}, "comment": "x", "fit": "no"}
    cards.ResponseVersion.objects.create(response=response, version=1, at=NOW, content=content)
    for key, value in (("listening", "good"), ("follow-up", "")):
        cards.Answer.objects.create(
            response=response,
            behaviour_key=key,
            value=value,
            comment="x",
            customer=customer,
            salesperson=owner,
            month="2026-10-01",
        )
    cards.Exclusion.objects.create(
        month="2026-10-01",
        customer=customer,
        contact=invitation.contact,
        salesperson=owner,
        invitation=invitation,
        kind="asked",
        reason="x",
        asked_at=NOW,
        is_approved=True,
        decided_by=officer,
        decided_at=NOW,
        answer="x",
    )
    cards.SharedVoice.objects.create(
        month="2026-10-01", customer=customer, salesperson=owner, behaviour_key="listening", good=1, rated=1
    )
    cards.ResponseTrace.objects.create(response=response, device_hash=b"x", network_hash=b"x", at=NOW)
    held = cards.Quarantine.objects.create(response=response, reasons=["reported"], note="x", opened_at=NOW)
    cards.QuarantineVote.objects.create(quarantine=held, user=officer, verdict="released", reason="x", at=NOW)
    cards.Round.objects.update(closed_at=NOW)


def _case(customer, owner):
    case = Case.objects.create(
        customer=customer,
        what_happened="x",
        reference="x",
        reported_at=NOW - timedelta(days=9),
        opened_by=owner,
        agent=owner,
        state="closed",
        closed_at=NOW,
        closed_by=owner,
        close_reason="x",
        surprise="x",
        apology="x",
        apology_to="x",
        apology_sent="mail",
        apology_sent_at=NOW,
    )
    milestone = Milestone.objects.create(case=case, kind="fix", due_at=NOW, done_at=NOW, note="x")
    Flag.objects.create(milestone=milestone, threshold="1h", generation=1, at=NOW)
    CaseEvent.objects.create(case=case, kind="opened", by=owner, at=NOW, note="x")
    flag = Flag.objects.get(milestone=milestone)
    alert = recovery.Alert.objects.create(case=case, flag=flag, raised_at=NOW, ended_at=NOW)
    told = recovery.AlertNotice.objects.create(alert=alert, user=owner, level="agent", at=NOW)
    browser = recovery.PushSubscription.objects.create(
        user=owner, endpoint="https://push.example/1", p256dh="x", auth="x"
    )
    recovery.PushNotice.objects.create(notice=told, subscription=browser)
    changed = {"was_due_at": NOW, "due_at": NOW, "reason": "x", "by": owner, "at": NOW}
    recovery.DueChange.objects.create(milestone=milestone, generation=2, **changed)
    recovery.CaseStep.objects.create(case=case, position=1, text="x")
    recovery.BudgetRequest.objects.create(
        case=case, surprise="x", cost=90, allowed=50, asked_by=owner, asked_at=NOW, asked_of=owner, answer="x"
    )
    asked = recovery.FollowUp.objects.create(
        case=case,
        closed_at=NOW,
        kind="check_back_7",
        contact=customer.contacts.first(),
        address="x@aldous.example",
        wording={"customer": "x"},
        due_at=NOW,
        closes_at=NOW + timedelta(days=21),
        comment="x",
        reason="x",
    )
    failed = {"why": "unlikely", "found_at": NOW, "next_step": "x"}
    recovery.FailedRecovery.objects.create(case=case, handled_at=NOW, handled_by=owner, note="x", **failed)
    recovery.Letter.objects.create(
        case=case,
        how="mail",
        address="x@aldous.example",
        subject="x",
        text="x",
        language="en",
        sent_by=owner,
        sent_at=NOW,
    )
    recovery.FollowUpToken.objects.create(follow_up=asked, token_hash=sha256(b"follow-up").digest())


def fill_with_canaries(customer):
    """Every text of every row that hangs on the customer; how many columns were filled. No row in a table fails."""
    filled, empty = 0, []
    with pgtrigger.ignore():
        for table in tables():
            rows = table.rows_of(customer)
            if not rows.exists():
                empty.append(table.model._meta.label)
            for column in table.model._meta.concrete_fields:
                filled += _fill(table.model, rows, column)
    assert not empty, f"{empty}: write a row of this table into tests/desk/everything.py, and erase it"
    return filled


def _fill(model, rows, column):
    if column.name in TOO_SHORT or f"{model._meta.label}.{column.name}" in OPAQUE or column.primary_key:
        return 0
    if isinstance(column, models.BinaryField) and column.name != "token_hash":
        return rows.exclude(**{column.name: None}).update(**{column.name: seal(f"The {CANARY} quarter.")})
    if isinstance(column, models.GeneratedField) or not is_text(column):
        assert not isinstance(column, ArrayField) or column.choices or column.base_field.choices or model is Merge
        return 0
    for pk, value in rows.values_list("pk", column.name):
        if value is not None:
            model._base_manager.filter(pk=pk).update(**{column.name: _canary(column, pk, value)})
    return 1


def _canary(column, pk, value):
    if isinstance(column, models.JSONField):
        return {**(value if isinstance(value, dict) else {}), "reasons": {"x": CANARY}, "comment": f"a {CANARY} b"}
    if isinstance(column, models.EmailField) or (column.name == "address" and "@" in value):
        return f"{CANARY}{pk}@aldous.example"
    # No two tables hold the same words, and none that begin like another's.
    return f"{CANARY} {crc32(column.model._meta.label.encode()) % 1000:03}.{pk:06}"[: column.max_length]


def name_elsewhere(customer, contact, owner):
    """Mails, notices, files, views and jobs that name them."""
    words = f"About {contact.name} of {customer.name}, {contact.email}."
    OutboxMail.objects.create(to=contact.email, subject="x", text=CANARY, html=CANARY, headers={"X": CANARY})
    OutboxMail.objects.create(to=owner.email, subject=words, text=words, html=words, headers={"X": words})
    CaughtMail.objects.create(to=contact.email, sender="a@b.example", subject="x", text=CANARY, raw=CANARY)
    CaughtMail.objects.create(to=owner.email, sender="a@b.example", subject="x", text=words, raw=words)
    Notification.objects.create(user=owner, text=words)
    job = Job.objects.create(kind="x", message=words, result={"x": words})
    run = ImportRun.objects.create(kind="customers", file_name=f"{customer.name}.csv", refusal=[{"name": words}])
    ImportRow.objects.create(run=run, number=1, line=2, cells=[customer.name, contact.email], reason=words, key=words)
    change = {"run": run, "model": "customer", "object_id": customer.pk, "root_id": customer.pk}
    ImportChange.objects.create(**change, before={"name": customer.name}, after="x")
    SavedView.objects.create(user=owner, page="customers", name=f"About {customer.name}", query=f"q={contact.name}")
    BulkChange.objects.create(
        job=job, verb="untag", ids=[customer.pk], made_by=owner, made_at=NOW, reason=words, refused=[[1, words]]
    )
    Export.objects.create(user=owner, what="customers", query=f"q={contact.name}", rows=1, at=NOW)


def where_is(word):
    """Every table and column of the database that holds the word: text, JSON, lists, bytes plain and sealed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " JOIN information_schema.tables USING (table_schema, table_name)"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1, 2"
        )
        columns = cursor.fetchall()
        return {f"{table}.{column}" for table, column, kind in columns if _holds(cursor, table, column, kind, word)}


def _holds(cursor, table, column, kind, word):
    if kind != "bytea":
        cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s)', [f"%{word}%"])
        return cursor.fetchone()[0]
    cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL')
    return any(word in opened(bytes(row[0])) for row in cursor.fetchall())


def opened(raw):
    """What bytes say, sealed or not."""
    try:
        return open_sealed(raw)
    except InvalidToken:
        return raw.decode(errors="replace")
