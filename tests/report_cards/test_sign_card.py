"""Cards: made by managers and compensation, signed by another executive, then never changed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from report_cards import actions
from report_cards.models import Behaviour, ReportCard

from .conftest import BEHAVIOURS, behaviours

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_sign_card(draft, executive):
    card = actions.sign_card(draft, acting_user=executive, at=AT)
    assert (card.signed_by, card.signed_at) == (executive, AT)


def test_nobody_signs_what_they_had_a_hand_in(draft, manager, executive, second_executive):
    """Also not somebody who only changed it, before another changed it again."""
    executive.roles = ["executive", "compensation"]
    executive.save()
    told = {"name": "N", "first_month": date(2026, 1, 1), "behaviours": behaviours(), "at": AT}
    actions.change_card(draft, **told, acting_user=executive)
    actions.change_card(draft, **told, acting_user=manager)
    with pytest.raises(PermissionDenied):
        actions.sign_card(draft, acting_user=executive, at=AT)
    # The database says the same.
    with pytest.raises(DatabaseError, match="whoever wrote"), transaction.atomic():
        ReportCard.objects.filter(pk=draft.pk).update(signed_by=executive, signed_at=AT)
    actions.sign_card(draft, acting_user=second_executive, at=AT)


def test_the_page_signs_what_it_showed(signed_in, draft, manager, executive):
    client, url = signed_in(executive), f"/report-cards/{draft.pk}/sign/"
    page = client.get(url)
    assert "Sign off 2026, version 1" in page.text
    assert f"You sign with your name and this moment: <b>{executive.name}</b>" in page.text
    seen = page.context["seen"]
    draft.behaviours.filter(key="listening").update(question="Says something else.")
    page = client.post(url, {"seen": seen})
    assert "The draft was changed since you opened this page" in page.text
    assert "Says something else." in page.text
    assert client.post(url, {"seen": page.context["seen"]}).status_code == 302
    page = client.get(f"/report-cards/{draft.pk}/").text
    assert "Signed off" in page
    assert f"by <b>{executive.name}</b>" in page


def test_the_page_says_why_not(signed_in, draft, manager, executive):
    manager.roles = ["manager", "executive"]
    manager.save()
    page = signed_in(manager).get(f"/report-cards/{draft.pk}/sign/").text
    assert "You had a hand in this card" in page
    assert "Sign off 2026" not in page
    other = actions.add_card(
        name="Other", first_month=date(2026, 1, 1), behaviours=behaviours(), acting_user=manager, at=AT
    )
    actions.sign_card(draft, acting_user=executive, at=AT)
    page = signed_in(executive).get(f"/report-cards/{other.pk}/sign/").text
    assert f"{executive.name} signed version 1, which begins in January 2026." in page
    response = signed_in(executive).post(f"/report-cards/{other.pk}/sign/")
    assert response.status_code == 200
    assert "Begin in a later month" in response.text


def test_only_an_executive_signs(draft, manager, administrator, compensation_admin):
    for person in (manager, administrator, compensation_admin):
        with pytest.raises(PermissionDenied):
            actions.sign_card(draft, acting_user=person, at=AT)


def test_nobody_signs_what_they_made(manager):
    manager.roles = ["manager", "executive"]
    manager.save()
    own = actions.add_card(
        name="Own", first_month=date(2026, 1, 1), behaviours=behaviours(), acting_user=manager, at=AT
    )
    with pytest.raises(PermissionDenied):
        actions.sign_card(own, acting_user=manager, at=AT)


def test_weights_must_sum_to_the_whole(manager, executive):
    rows = behaviours([*BEHAVIOURS[:1], BEHAVIOURS[2]])
    card = actions.add_card(name="Half", first_month=date(2026, 1, 1), behaviours=rows, acting_user=manager, at=AT)
    with pytest.raises(ValidationError, match="relationship sum to 60 %"):
        actions.sign_card(card, acting_user=executive, at=AT)


def test_a_version_begins_in_a_later_month(card, manager, executive):
    again = actions.add_card(
        name="Again", first_month=date(2026, 1, 1), behaviours=behaviours(), acting_user=manager, at=AT
    )
    with pytest.raises(ValidationError, match="Begin in a later month"):
        actions.sign_card(again, acting_user=executive, at=AT)
    later = actions.add_card(
        name="Later", first_month=date(2026, 7, 1), behaviours=behaviours(), acting_user=manager, at=AT
    )
    actions.sign_card(later, acting_user=executive, at=AT)
    assert ReportCard.objects.in_force(date(2026, 6, 1)) == card
    assert ReportCard.objects.in_force(date(2026, 7, 1)) == later
    assert ReportCard.objects.in_force(date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda card: ReportCard.objects.filter(pk=card.pk).update(name="Other"),
        lambda card: ReportCard.objects.filter(pk=card.pk).update(signed_at=None, signed_by=None),
        lambda card: Behaviour.objects.filter(card=card).update(weight_bp=5),
        lambda card: Behaviour.objects.filter(card=card).delete(),
        lambda card: Behaviour.objects.create(
            card=card, measure="relationship", position=6, key="n", name="N", question="N", weight_bp=1, target=1
        ),
    ],
)
def test_the_database_keeps_a_signed_card(card, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        change(card)


@pytest.mark.parametrize("field", [{"position": 7}, {"position": 0}, {"weight_bp": 0}, {"target": Decimal("1.2")}])
def test_the_database_keeps_the_limits(draft, field):
    row = {
        "measure": "relationship",
        "position": 3,
        "key": "n",
        "name": "N",
        "question": "N",
        "weight_bp": 1,
        "target": 1,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Behaviour.objects.create(card=draft, **{**row, **field})


def test_changing_keeps_the_keys(draft, manager):
    rows = behaviours()
    rows[0] |= {"key": "listening", "name": "Listens well"}
    actions.change_card(draft, name="New", first_month=date(2026, 2, 1), behaviours=rows, acting_user=manager, at=AT)
    draft.refresh_from_db()
    assert draft.name == "New"
    assert set(draft.behaviours.values_list("key", flat=True)) == {
        "listening",
        "keeping-promises",
        "asks-about-my-world",
    }


def test_drafts_show_only_to_makers_and_signers(signed_in, draft, owner, administrator, executive):
    for person, status in ((owner, 404), (administrator, 404), (executive, 200)):
        assert signed_in(person).get(f"/report-cards/{draft.pk}/").status_code == status


def test_list_takes_the_same_queries_however_long(signed_in, card, manager, django_assert_max_num_queries):
    client = signed_in(manager)

    def count():
        with django_assert_max_num_queries(30) as seen:
            assert client.get("/report-cards/").status_code == 200
        return len(seen)

    one = count()
    for month in range(2, 12):
        actions.add_card(
            name="N", first_month=date(2026, month, 1), behaviours=behaviours(), acting_user=manager, at=AT
        )
    assert count() == one
