"""Disputes: who opens, answers, decides and withdraws, until when, what is told, and two at the same moment."""

from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from compensation.actions import disputes as actions
from compensation.models import Adjustment, Dispute, DisputeMessage
from firm.models import Notification, OutboxMail
from tests.compensation.issued import issue
from tests.conftest import NOW, person


@pytest.fixture
def statement(member, compensation_admin, second_executive):
    return issue(member, run_by=compensation_admin, approved_by=second_executive)


@pytest.fixture
def dispute(statement, owner):
    return actions.open_dispute(statement, component="new_revenue", text="One is missing.", acting_user=owner, at=NOW)


def test_the_person_opens_one_and_compensation_hears(statement, owner, compensation_admin, signed_in):
    form = {"component": "new_revenue", "text": "S12 is missing."}
    response = signed_in(owner).post(f"/statements/kept/{statement.pk}/dispute/", form)
    found = Dispute.objects.get()
    assert response["Location"] == f"/disputes/{found.pk}/"
    assert (found.state, found.answer_by) == ("open", NOW.date() + timedelta(days=14))
    assert Notification.objects.get(user=compensation_admin, url=response["Location"]).text.startswith("Mark Carver")
    assert OutboxMail.objects.filter(to=compensation_admin.email).exists()


def test_the_plan_says_by_when_it_is_answered(statement, owner, compensation_admin, signed_in):
    statement.member.plan.answer_days = 5
    told = {"component": "new_revenue", "text": "One is missing.", "acting_user": owner, "at": NOW}
    found = actions.open_dispute(statement, **told)
    assert found.answer_by == NOW.date() + timedelta(days=5)
    assert actions.remind_of_disputes(at=NOW + timedelta(days=1)) == 0
    assert actions.remind_of_disputes(at=NOW + timedelta(days=2)) == 1
    assert "within 14 days" in signed_in(owner).get(f"/statements/kept/{statement.pk}/dispute/").content.decode()


def test_a_line_in_dispute_is_not_offered_twice(dispute, statement, owner, signed_in):
    page = signed_in(owner).get(f"/statements/kept/{statement.pk}/dispute/").content.decode()
    assert 'value="new_revenue"' not in page
    assert 'value="relationship"' in page
    with pytest.raises(ValidationError, match="in dispute already"):
        actions.open_dispute(statement, component="new_revenue", text="Again.", acting_user=owner, at=NOW)


def test_after_the_plans_days_it_is_too_late(statement, owner):
    last, after = (NOW + timedelta(days=days) for days in (30, 31))
    with pytest.raises(ValidationError, match="could be disputed until 24 December 2026"):
        actions.open_dispute(statement, component="new_revenue", text="Late.", acting_user=owner, at=after)
    assert actions.open_dispute(statement, component="new_revenue", text="Late.", acting_user=owner, at=last).pk


def test_what_no_locked_run_issued_is_not_disputed(member, compensation_admin, owner, signed_in):
    waiting = issue(member, run_by=compensation_admin, approved_by=None)
    assert signed_in(owner).get(f"/statements/kept/{waiting.pk}/").status_code == 404
    with pytest.raises(ValidationError, match="not issued"):
        actions.open_dispute(waiting, component="new_revenue", text="Why?", acting_user=owner, at=NOW)


def test_nobody_disputes_anothers_pay(statement, manager, compensation_admin):
    for user in (manager, compensation_admin):
        with pytest.raises(PermissionDenied):
            actions.open_dispute(statement, component="new_revenue", text="Mine?", acting_user=user, at=NOW)


def test_the_thread_grows_and_never_changes(dispute, owner, compensation_admin, signed_in):
    signed_in(compensation_admin).post(f"/disputes/{dispute.pk}/answer/", {"answer-text": "Which one?"})
    signed_in(owner).post(f"/disputes/{dispute.pk}/answer/", {"answer-text": "S12 <b>."})
    page = signed_in(owner).get(f"/disputes/{dispute.pk}/").content.decode()
    assert page.index("One is missing.") < page.index("Which one?") < page.index("S12 &lt;b&gt;.")
    assert Notification.objects.filter(user=owner, text="Cora Pay wrote in a dispute.").exists()
    for change in (lambda: DisputeMessage.objects.update(text="x"), lambda: DisputeMessage.objects.all().delete()):
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
            change()


def test_upholding_proposes_an_adjustment_that_another_approves(dispute, owner, compensation_admin, signed_in):
    form = {"uphold-amount": "120.50", "uphold-reason": "S12 was booked late."}
    page = signed_in(compensation_admin).post(f"/disputes/{dispute.pk}/uphold/", form, follow=True).content.decode()
    dispute.refresh_from_db()
    made = dispute.adjustment
    assert (dispute.state, dispute.decision, dispute.decided_by) == (
        "upheld",
        "S12 was booked late.",
        compensation_admin,
    )
    assert (made.cause, made.amount, made.component) == (Adjustment.Cause.DISPUTE, Decimal("120.50"), "new_revenue")
    assert (made.corrects_id, made.made_by, made.approved_by) == (dispute.statement_id, compensation_admin, None)
    assert "waits for a second person" in page
    assert Notification.objects.filter(user=owner, text="Your dispute about new revenue is upheld.").exists()


@pytest.mark.parametrize(
    ("amount", "said"), [("0", "decline instead"), ("", "This field is required"), ("x", "number")]
)
def test_a_bad_amount_is_told_and_what_was_typed_stays(amount, said, dispute, compensation_admin, signed_in):
    form = {"uphold-amount": amount, "uphold-reason": "Because of S12."}
    page = signed_in(compensation_admin).post(f"/disputes/{dispute.pk}/uphold/", form).content.decode()
    assert said in page
    assert "Because of S12." in page
    assert not Adjustment.objects.exists()


def test_declining_takes_a_reason(dispute, compensation_admin, signed_in):
    client = signed_in(compensation_admin)
    assert "This field is required" in client.post(f"/disputes/{dispute.pk}/decline/").content.decode()
    client.post(f"/disputes/{dispute.pk}/decline/", {"decline-reason": "It was paid in October."})
    dispute.refresh_from_db()
    assert (dispute.state, dispute.adjustment) == ("declined", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.update(decision="")


def test_a_line_decided_can_be_disputed_again(dispute, statement, owner, compensation_admin):
    actions.decline_dispute(dispute, reason="No.", acting_user=compensation_admin, at=NOW)
    assert actions.open_dispute(statement, component="new_revenue", text="Still.", acting_user=owner, at=NOW).pk


def test_only_who_opened_it_takes_it_back(dispute, owner, compensation_admin, signed_in):
    assert signed_in(compensation_admin).post(f"/disputes/{dispute.pk}/withdraw/").status_code == 403
    signed_in(owner).post(f"/disputes/{dispute.pk}/withdraw/")
    dispute.refresh_from_db()
    assert dispute.state == "withdrawn"
    with pytest.raises(ValidationError, match="withdrawn already"):
        actions.answer_dispute(dispute, text="But", acting_user=owner, at=NOW)


def test_nobody_decides_their_own(paid_planner, compensation_admin, second_executive, outsider):
    issued = issue(paid_planner, run_by=outsider, approved_by=second_executive)
    mine = actions.open_dispute(issued, component="new_revenue", text="Mine.", acting_user=compensation_admin, at=NOW)
    for decide in (actions.decline_dispute, lambda *args, **given: actions.uphold_dispute(*args, amount=1, **given)):
        with pytest.raises(PermissionDenied):
            decide(mine, reason="I say so.", acting_user=compensation_admin, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.update(state="declined", decision="So.", decided_by=compensation_admin, decided_at=NOW)


@pytest.mark.parametrize("who", ["owner", "manager", "executive"])
def test_only_compensation_decides(who, dispute, request, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert client.post(f"/disputes/{dispute.pk}/decline/", {"decline-reason": "No."}).status_code == 403


def test_managers_read_their_teams_and_outsiders_nothing(dispute, manager, outsider, signed_in):
    assert "New revenue" in signed_in(manager).get("/disputes/").content.decode()
    assert signed_in(manager).get(f"/disputes/{dispute.pk}/").status_code == 200
    assert "Nothing is in dispute" in signed_in(outsider).get("/disputes/").content.decode()
    assert signed_in(outsider).get(f"/disputes/{dispute.pk}/").status_code == 404


@pytest.mark.parametrize(("days", "words"), [(10, None), (11, "is to be answered"), (15, "was to be answered")])
def test_compensation_is_reminded_once_before_and_once_after(days, words, dispute, compensation_admin):
    Notification.objects.all().delete()
    for _ in range(2):
        actions.remind_of_disputes(at=NOW + timedelta(days=days))
    told = [one.text for one in Notification.objects.filter(user=compensation_admin)]
    assert len(told) == (0 if words is None else 1)
    assert all(words in text for text in told)


def test_what_is_decided_is_not_reminded_of(dispute, compensation_admin):
    actions.decline_dispute(dispute, reason="No.", acting_user=compensation_admin, at=NOW)
    assert actions.remind_of_disputes(at=NOW + timedelta(days=20)) == 0


def test_the_list_takes_the_same_queries_with_20_rows_more(dispute, statement, plan, outsider, planner):
    def count():
        with CaptureQueriesContext(connection) as seen:
            assert planner.get("/disputes/").status_code == 200
        return len(seen)

    before = count()
    for _ in range(20):
        Dispute.objects.create(
            statement=statement,
            component="relationship",
            text="x",
            opened_by=outsider,
            opened_at=NOW,
            answer_by=NOW.date(),
            state="withdrawn",
        )
    assert count() == before


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told(dispute, compensation_admin):
    other = person("Otto Pay", Role.COMPENSATION)
    start, told = Barrier(2), []

    def decide(user):
        start.wait()
        try:
            actions.decline_dispute(dispute, reason="No.", acting_user=user, at=NOW)
        except ValidationError as error:
            told.append(error)
        finally:
            connection.close()

    threads = [Thread(target=decide, args=[user]) for user in (compensation_admin, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1
    assert Dispute.objects.get().decided_by in {compensation_admin, other}
