"""Two records of one customer made one, and taken apart again: every row of every table, to the byte."""

import json
import re
import threading
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.html import escape
from pghistory.models import Event

from customers.actions import add_contact, add_customer, add_tag
from customers.models import (
    Contact,
    ContactPoint,
    Customer,
    Interaction,
    Misfit,
    Occasion,
    Promise,
    Relation,
    Sale,
)
from desk.actions import approve_merge, ask_merge, refuse_merge, undo_merge
from desk.models import Different, Merge
from desk.queries.duplicates import look_alikes
from firm.models import Notification
from recovery.actions import open_case
from report_cards.models import Answer, Behaviour, Invitation, ReportCard, Response, Round
from secrets_manual.actions import grant_access, log_secret
from secrets_manual.models import Category, Conversation, PrivacyRequest, Secret, SpecialConsent
from tests.conftest import NOW

# What follows the customer kept; and what stays where it is, with the reason.
MOVES = {
    *("customers.Contact.customer", "customers.Occasion.customer", "customers.Promise.customer"),
    *("customers.Interaction.customer", "customers.Misfit.customer", "customers.Sale.customer"),
    *("secrets_manual.Secret.customer", "secrets_manual.AccessGrant.customer", "secrets_manual.Conversation.customer"),
    *("secrets_manual.SpecialConsent.customer", "secrets_manual.PrivacyRequest.customer", "recovery.Case.customer"),
    *("customers.ContactPoint.contact", "customers.Occasion.contact", "customers.Interaction.contact"),
    *("customers.Misfit.contact", "customers.Relation.contact", "customers.Relation.other"),
    *("secrets_manual.Secret.contact", "secrets_manual.SpecialConsent.contact"),
    *("secrets_manual.Conversation.contact", "secrets_manual.PrivacyRequest.contact"),
}
STAYS = {
    "customers.Customer.merged_into": "those merged before lead on through the one that leads on",
    "customers.Ownership.customer": "the history of who owned which record",
    "report_cards.Invitation.customer": "ratings are frozen",
    "report_cards.Invitation.contact": "ratings are frozen",
    "report_cards.Answer.customer": "ratings are frozen: each customer keeps the voice it had",
    "report_cards.Exclusion.customer": "the round it was drawn for is past",
    "report_cards.Exclusion.contact": "the round it was drawn for is past",
    "report_cards.SharedVoice.customer": "ratings are frozen: each customer keeps the voice it had",
    "recovery.FollowUp.contact": "who was asked, and answered",
    "customers.Contact.merged_from": "where they came from, said by a merge",
    "desk.Merge.kept": "the merge itself",
    "desk.Merge.gone": "the merge itself",
    "desk.Different.first": "said of the two records",
    "desk.Different.second": "said of the two records",
}
# What only a merge, a closed round or a follow-up writes.
UNFILLED = {
    *("desk.Merge.kept", "desk.Merge.gone", "desk.Different.first", "customers.Contact.merged_from"),
    *("report_cards.Exclusion.customer", "report_cards.Exclusion.contact", "report_cards.SharedVoice.customer"),
    "recovery.FollowUp.contact",
}
COPIED = {"customers.Customer_tags.customer": "the customer kept gets the tags it lacks"}


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def double(customer, owner, firm):
    """The same firm again, with a row in every table that knows a customer or a contact."""
    return fill(customer, owner)


def fill(customer, owner):
    at = {"acting_user": owner, "at": NOW}
    told = {"code": "ALDOUS2", "city": "Kiel", "country": "Germany", "owner": owner}
    gone = add_customer(name="Aldous and Daughter", since=date(2025, 1, 1), **told, **at)
    judith = add_contact(gone, name="Judith Aldous", email="judith@aldous.example", phone="+49 431 555-0199", **at)
    son = add_contact(gone, name="Jan Aldous", email="jan@aldous.example", **at)
    friend = add_contact(gone, name="Fay Friend", **at)
    ContactPoint.objects.create(contact=judith, kind="phone", value="0431 77", label="Home")
    Occasion.objects.create(customer=gone, contact=judith, month=5, day=7)
    Occasion.objects.create(customer=gone, kind="anniversary", month=6, day=1)
    Relation.objects.create(contact=judith, other=son, kind="mother of")
    Relation.objects.create(contact=friend, other=judith, kind="friend of")
    Promise.objects.create(customer=gone, text="Send the glaze", due_on=date(2026, 12, 1), made_by=owner)
    Interaction.objects.create(customer=gone, contact=judith, on=date(2026, 11, 20), by=owner)
    Misfit.objects.create(
        customer=gone, contact=judith, needed="A kiln", why_not="None", noted_on=date(2026, 11, 1), noted_by=owner
    )
    sold = {"customer": gone, "salesperson": owner, "amount": "440.00", "currency": "EUR"}
    Sale.objects.create(order_number="1", ordered_on=date(2026, 11, 2), **sold)
    secret = {"sensitivity": "confidential", "audiences": ["sales"], "acting_user": owner, "at": NOW}
    log_secret(gone, category=Category.objects.get(key="dream"), text="To sail.", contact=judith, **secret)
    Conversation.objects.create(customer=gone, contact=judith, by=owner, began_at=NOW)
    SpecialConsent.objects.create(customer=gone, contact=judith, wording="Yes", recorded_by=owner, at=NOW)
    day = {"received_on": NOW.date(), "due_on": NOW.date() + timedelta(days=30), "note": "A letter"}
    PrivacyRequest.objects.create(kind="access", customer=gone, contact=judith, opened_by=owner, opened_at=NOW, **day)
    span = {"purpose": "case", "until": NOW + timedelta(days=1), "reference": "x", "at": NOW}
    grant_access(gone, user=owner, **span)
    open_case(customer=gone, what_happened="Broken", severity="low", root_cause="quality", agent=owner, **at)
    rate(gone, judith, owner)
    add_tag(gone, name="Pottery")
    add_tag(customer, name="Kiel")
    add_tag(gone, name="kiel")
    Different.objects.create(first=customer, second=gone, said_by=owner, said_at=NOW)
    older = add_customer(name="Aldous", owner=owner, acting_user=owner, at=NOW)
    Customer.objects.filter(pk=older.pk).update(removed_at=NOW, merged_into=gone)
    return gone


def rate(customer, contact, owner):
    card = ReportCard.objects.create(year=2026, version=1, name="Card", first_month=date(2026, 1, 1), made_by=owner)
    told = {"measure": "relationship", "position": 1, "key": "listening", "name": "Listening", "question": "?"}
    Behaviour.objects.create(card=card, weight_bp=10_000, target="0.8", **told)
    round_ = Round.objects.create(month=date(2026, 10, 1), card=card, drawn_at=NOW, closes_at=NOW)
    wording = {"firm": "F", "salesperson": "S", "customer": "C", "contact": "J"}
    who = {"customer": customer, "contact": contact, "salesperson": owner, "address": contact.email}
    invitation = Invitation.objects.create(round=round_, wording=wording, **who)
    response = Response.objects.create(invitation=invitation, first_at=NOW, last_at=NOW)
    answer = {"behaviour_key": "listening", "value": "good", "salesperson": owner, "month": date(2026, 10, 1)}
    Answer.objects.create(response=response, customer=customer, **answer)


def links():
    """Every foreign key of the models to a customer or a contact, without the histories the database writes."""
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, Event) or not model._meta.managed:
            continue
        for field in model._meta.concrete_fields:
            if field.related_model in (Customer, Contact):
                yield f"{model._meta.label}.{field.name}", model, field


def merged(kept, gone, by, taken=(), people=None, reason="", at=NOW):
    return ask_merge(kept, gone, taken=taken, people=people or {}, reason=reason, acting_user=by, at=at)


def same_people(kept, gone):
    return {gone.contacts.get(name="Judith Aldous").pk: kept.contacts.get(name="Judith Aldous").pk}


def everything():
    """Every row of our tables but the merges and the histories, as text."""
    rows = {}
    for model in apps.get_models(include_auto_created=True):
        if model is Merge or issubclass(model, Event) or not model._meta.managed:
            continue
        if model._meta.app_label in {"customers", "secrets_manual", "recovery", "report_cards", "desk"}:
            rows[model._meta.label] = serializers.serialize("json", model._default_manager.order_by("pk"))
    return rows


def test_every_table_that_knows_a_customer_is_thought_of():
    """A new table with a link to a customer or contact belongs into MOVES, STAYS or COPIED, and into ``fill``."""
    assert {name for name, _, _ in links()} == MOVES | STAYS.keys() | COPIED.keys()


def test_everything_moves_or_stays(customer, double, manager):
    judith, son = (double.contacts.get(name=name).pk for name in ("Judith Aldous", "Jan Aldous"))
    ends = {Customer: double.pk, Contact: judith}
    count = {name: model.objects.filter(**{f.name: ends[f.related_model]}).count() for name, model, f in links()}
    lacking = [name for name in count if not count[name] and name not in UNFILLED]
    assert lacking == [], "fill has no row for these"

    merged(customer, double, manager, people=same_people(customer, double))

    left = {name: model.objects.filter(**{f.name: ends[f.related_model]}).count() for name, model, f in links()}
    # The contact somebody stands in for stays with the record it was on.
    assert {name: left[name] for name in MOVES} == dict.fromkeys(MOVES, 0) | {"customers.Contact.customer": 1}
    assert {name: left[name] for name in STAYS.keys() - UNFILLED} == {
        name: count[name] for name in STAYS.keys() - UNFILLED
    }
    assert set(Contact.objects.filter(merged_from=double).values_list("customer", flat=True)) == {customer.pk}
    kept, gone = Customer.objects.get(pk=customer.pk), Customer.objects.get(pk=double.pk)
    assert (gone.merged_into, gone.removed_at) == (kept, NOW)
    assert sorted(tag.name for tag in kept.tags.all()) == ["Kiel", "Pottery"]
    assert kept.last_contact_on == date(2026, 11, 20)
    assert Contact.objects.get(pk=judith).removed_at == NOW
    assert Contact.objects.get(pk=son).customer == kept
    assert {point.value for point in kept.contacts.get(name="Judith Aldous").points.all()} == {
        "0431 77",
        "+49 431 555-0199",
    }


def test_a_day_both_have_is_one_and_a_person_has_one_birthday(customer, double, manager, signed_in):
    judith = customer.contacts.get(name="Judith Aldous")
    Occasion.objects.create(customer=customer, contact=judith, month=5, day=7, year=1961)
    Occasion.objects.create(customer=customer, kind="anniversary", month=6, day=1)
    Occasion.objects.create(customer=double, kind="anniversary", label="Opened in Kiel", month=6, day=1)
    before = everything()
    page = signed_in(manager).get(f"/customers/{customer.pk}/merge/?other={double.pk}")
    assert "birthday 7 May; of two birthdays, that of the person kept stays" in page.text
    merge = merged(customer, double, manager, people=same_people(customer, double))
    assert sorted((str(day).lower(), day.year or 0) for day in customer.occasions.all()) == [
        ("anniversary", 0),
        ("birthday", 1961),
        ("opened in kiel", 0),
    ]
    assert judith.occasions.get().year == 1961
    undo_merge(merge, acting_user=manager, at=NOW)
    after = everything()
    assert {label for label in before if before[label] != after[label]} == set()


def test_undo_puts_every_row_back_to_the_byte(customer, double, manager, administrator):
    before = everything()
    merge = merged(customer, double, manager, taken=["name", "code", "country"], people=same_people(customer, double))
    during = everything()
    assert json.loads(during["customers.Customer"]) != json.loads(before["customers.Customer"])
    assert Customer.objects.get(pk=customer.pk).code == "ALDOUS2"

    undo_merge(merge, acting_user=administrator, at=NOW)

    after = everything()
    assert {label for label in before if before[label] != after[label]} == set()
    assert Merge.objects.get().state == "undone"
    merged(customer, double, manager)


def test_undo_says_what_stands_in_the_way(customer, double, manager, owner):
    told = {"acting_user": manager, "at": NOW}
    merge = merged(customer, double, manager, taken=["country"])
    Customer.objects.filter(pk=customer.pk).update(country="Denmark")
    with pytest.raises(ValidationError, match="country of Aldous"):
        undo_merge(merge, **told)
    Customer.objects.filter(pk=customer.pk).update(country="Germany")

    third = add_customer(name="Third", owner=owner, acting_user=owner, at=NOW)
    Promise.objects.filter(text="Send the glaze").update(customer=third)
    with pytest.raises(ValidationError, match="moved on since"):
        undo_merge(merge, **told)
    Promise.objects.filter(text="Send the glaze").update(customer=customer)

    again = merged(third, Customer.objects.get(pk=customer.pk), manager)
    with pytest.raises(ValidationError, match="itself merged"):
        undo_merge(merge, **told)
    undo_merge(again, **told)

    Customer.objects.filter(pk=customer.pk).update(removed_at=NOW)
    with pytest.raises(ValidationError, match="Restore it first"):
        undo_merge(merge, **told)
    Customer.objects.filter(pk=customer.pk).update(removed_at=None)
    Promise.objects.filter(text="Send the glaze").delete()
    undo_merge(merge, **told)
    with pytest.raises(ValidationError, match="nothing to undo"):
        undo_merge(merge, **told)


def test_what_was_added_since_stays_with_the_one_kept(customer, double, manager, owner):
    merge = merged(customer, double, manager)
    late = Promise.objects.create(customer=customer, text="Late", due_on=date(2026, 12, 1), made_by=owner)
    undo_merge(merge, acting_user=manager, at=NOW)
    assert Promise.objects.get(pk=late.pk).customer == customer


def test_a_salesperson_asks_and_a_manager_agrees(customer, double, owner, manager):
    merge = merged(customer, double, owner)
    assert merge.state == "waiting"
    assert Secret.objects.get().customer == double
    with pytest.raises(ValidationError, match="Somebody else"):
        approve_merge(merge, acting_user=owner, at=NOW)
    assert approve_merge(merge, acting_user=manager, at=NOW).state == "done"
    assert Secret.objects.get().customer == customer
    with pytest.raises(ValidationError, match="decided meanwhile"):
        refuse_merge(merge, acting_user=manager, at=NOW)


def notices(user):
    return list(Notification.objects.filter(user=user).values_list("text", flat=True))


def test_whoever_decides_is_told_and_finds_it_on_today(customer, double, owner, manager, administrator, signed_in):
    merge = merged(customer, double, owner)
    assert notices(manager) == [f"{owner.name} asks to merge {merge}. Your word decides."]
    assert (notices(owner), notices(administrator)) == ([], [])
    for user, sees in ((manager, True), (administrator, True), (owner, False)):
        page = signed_in(user).get("/").text
        assert (f'href="/merges/{merge.pk}/"' in page, "ne merge waits for your word" in page) == (sees, sees)
    refuse_merge(merge, acting_user=manager, at=NOW)
    assert f'href="/merges/{merge.pk}/"' not in signed_in(manager).get("/").text


def test_what_a_manager_asks_goes_to_whoever_stands_above_both(customer, double, colleague, manager, parent_team):
    Customer.objects.filter(pk=double.pk).update(owner=colleague)
    merged(customer, double, manager, reason="One workshop, one owner.")
    assert len(notices(parent_team.manager)) == 1
    assert notices(manager) == []


def test_two_of_one_name_are_told_apart(customer, double, manager, signed_in):
    Customer.objects.filter(pk=double.pk).update(name=customer.name)
    preview = signed_in(manager).get(f"/customers/{customer.pk}/merge/?other={double.pk}").text
    assert f"{escape(customer.name)} ({customer.code}) is kept" in preview
    Customer.objects.filter(pk=double.pk).update(name=double.name)
    merge = merged(customer, double, manager, taken=["name"])
    assert str(Merge.objects.get()) == f"{double.name} ({double.code}) into {double.name} ({customer.code})"
    page = signed_in(manager).post(f"/merges/{merge.pk}/undo/", follow=True).text
    assert f"{escape(double.name)} and {escape(customer.name)} are two again." in page


def test_secrets_are_counted_for_those_who_may_read_them(customer, double, owner, manager, administrator, signed_in):
    path = f"/customers/{customer.pk}/merge/?other={double.pk}"

    def counted(page):
        row = re.search(r"Secrets you may read.*?</(?:tr|li)>", page.text, re.DOTALL)
        return [int(n) for n in re.findall(r'num">(\d+)<', row[0])]

    for user, count in ((owner, 1), (manager, 0), (administrator, 0)):
        assert counted(signed_in(user).get(path)) == [0, count]
    merge = merged(customer, double, manager)
    for user, count in ((owner, 1), (manager, 0), (administrator, 0)):
        page = signed_in(user).get(f"/merges/{merge.pk}/")
        assert (counted(page), "onsents" in page.text) == ([count], False)


def test_whoever_leaves_somebody_unasked_needs_another_and_a_reason(customer, double, colleague, manager, parent_team):
    Customer.objects.filter(pk=double.pk).update(owner=colleague)
    with pytest.raises(ValidationError, match="Say why"):
        merged(customer, double, manager)
    merge = merged(customer, double, manager, reason="One workshop, one owner.")
    assert (merge.state, merge.leaves_out) == ("waiting", True)
    with pytest.raises(ValidationError, match="Somebody else"):
        approve_merge(merge, acting_user=manager, at=NOW)
    with pytest.raises(ValidationError, match="waits for approval"):
        merged(double, customer, parent_team.manager, reason="x")
    approve_merge(merge, acting_user=parent_team.manager, at=NOW)
    assert Customer.objects.get(pk=double.pk).merged_into == customer


def test_an_address_that_is_asked_no_more_is_an_exclusion(customer, double, manager):
    people = {double.contacts.get(name="Jan Aldous").pk: customer.contacts.get().pk}
    merge = merged(customer, double, manager, people=people, reason="Jan has left.")
    assert (merge.state, merge.leaves_out) == ("waiting", True)
    refuse_merge(merge, acting_user=Merge.objects.get().kept.owner.team.parent.manager, at=NOW)
    assert not Merge.objects.filter(state="waiting").exists()


def test_the_old_address_leads_on(customer, double, manager, owner, outsider, signed_in):
    older = Customer.objects.get(name="Aldous")
    judith = double.contacts.get(name="Judith Aldous").pk
    merged(customer, double, manager, people=same_people(customer, double))
    for who, status in ((owner, 200), (outsider, 404)):
        page = signed_in(who).get(f"/customers/contacts/{judith}/", follow=True)
        assert page.status_code == status
        assert (page.redirect_chain[-1][0] == f"/customers/{customer.pk}/") == (who == owner)
    for pk in (double.pk, older.pk):
        assert signed_in(owner).get(f"/customers/{pk}/")["Location"] == f"/customers/{customer.pk}/"
        assert signed_in(outsider).get(f"/customers/{pk}/").status_code == 404


def test_the_page_shows_what_moves_and_does_it(customer, double, manager, signed_in):
    browser = signed_in(manager)
    path = f"/customers/{customer.pk}/merge/?other={double.pk}"
    page = browser.get(path)
    assert "Sales" in page.text
    assert "To sail" not in page.text
    same = same_people(customer, double)
    form = page.context["form"]
    assert form[f"person_{next(iter(same))}"].initial == next(iter(same.values()))
    assert form["take_country"].initial == "gone"
    sent = {"take_country": "gone", "take_name": "kept", **{f"person_{old}": new for old, new in same.items()}}
    done = browser.post(path, sent, follow=True)
    assert f"/merges/{Merge.objects.get().pk}/undo/" in done.text
    assert Customer.objects.get(pk=customer.pk).country == "Germany"
    assert "What moved" in browser.get(f"/merges/{Merge.objects.get().pk}/").text
    browser.post(f"/merges/{Merge.objects.get().pk}/undo/")
    assert Customer.objects.get(pk=double.pk).merged_into is None


def test_a_refusal_stands_on_the_page(customer, double, colleague, manager, signed_in):
    Customer.objects.filter(pk=double.pk).update(owner=colleague)
    page = signed_in(manager).post(f"/customers/{customer.pk}/merge/?other={double.pk}", {})
    assert "Say why that is right" in page.text
    assert not Merge.objects.exists()


def test_look_alikes(customer, double, owner, outsider, manager, administrator, signed_in):
    Different.objects.all().delete()
    assert [(pair.kept, pair.gone) for pair in look_alikes(owner).pairs] == [(customer, double)]
    assert look_alikes(owner).pairs[0].why.startswith("the address judith@aldous.example")
    assert look_alikes(outsider).pairs == []
    assert len(look_alikes(administrator).pairs) == 1
    assert "Not the same" in signed_in(manager).get("/customers/duplicates/").text
    signed_in(manager).post(f"/customers/{customer.pk}/different/", {"other": double.pk})
    assert look_alikes(owner).pairs == []


@pytest.mark.parametrize(
    ("name", "city", "email", "phone", "why"),
    [
        ("Aldous & Daughters", "Husum", "", "", "a like name"),
        ("Pottery", "Husum", "", "0431 5550101 ", None),
        ("Pottery", "Husum", "", "+494315550101", "the number of Somebody"),
        ("Pottery", "kiel", "info@aldous.example", "", "mail at aldous.example, in the same city"),
        ("Pottery", "Husum", "info@aldous.example", "", None),
        ("Something else", "Kiel", "", "", None),
    ],
)
def test_why_they_look_alike(customer, owner, name, city, email, phone, why):
    told = {"acting_user": owner, "at": NOW}
    add_contact(
        add_customer(name=name, city=city, owner=owner, **told), name="Somebody", email=email, phone=phone, **told
    )
    found = look_alikes(owner).pairs
    assert [pair.why.replace("Judith Aldous", "Somebody") for pair in found] == ([why] if why else [])


def test_a_large_book_is_looked_through_by_letters(customer, owner, monkeypatch):
    add_customer(name="Aldous & Daughters", owner=owner, acting_user=owner, at=NOW)
    add_customer(name="Zumtobel", owner=owner, acting_user=owner, at=NOW)
    monkeypatch.setattr("desk.queries.duplicates.SMALL", -2)
    assert [pair.why for pair in look_alikes(owner).pairs] == ["a like name"]


def test_looking_takes_the_same_queries_for_one_and_many(customer, owner, signed_in, django_assert_max_num_queries):
    for number in range(30):
        more = add_customer(name=f"Aldous & Daughter {number}", owner=owner, acting_user=owner, at=NOW)
        add_contact(more, name="Judith", email="judith@aldous.example", acting_user=owner, at=NOW)
    with django_assert_max_num_queries(10):
        assert len(look_alikes(owner).pairs) >= 100


@pytest.mark.django_db(transaction=True)
def test_two_people_merging_at_once(customer, owner, manager, parent_team, django_db_serialized_rollback):
    """Every way two merges of three records can cross: nothing is lost, nobody waits for ever."""
    told = {"acting_user": owner, "at": NOW}
    two, three = (add_customer(name=f"Aldous {number}", owner=owner, **told) for number in (2, 3))
    for one in (two, three):
        Promise.objects.create(customer=one, text=one.name, due_on=date(2026, 12, 1), made_by=owner)
    wanted = [(customer, two), (two, customer), (customer, three), (three, two), (two, three), (customer, two)]
    begin, outcomes = threading.Barrier(len(wanted)), []

    def work(kept, gone, who):
        begin.wait()
        try:
            outcomes.append(merged(kept, gone, who).state)
        except ValidationError as refusal:
            outcomes.append(refusal.messages[0])
        finally:
            connection.close()

    people = [manager, parent_team.manager] * 3
    threads = [threading.Thread(target=work, args=(*pair, who)) for pair, who in zip(wanted, people, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert len(outcomes) == len(wanted)
    done = Merge.objects.filter(state="done").order_by("pk")
    assert outcomes.count("done") == done.count() in (1, 2)
    left = set(Customer.objects.present().values_list("pk", flat=True))
    assert len(left) == 3 - done.count()
    assert set(Promise.objects.values_list("customer", flat=True)) <= left
    for merge in reversed(done):
        undo_merge(merge, acting_user=manager, at=NOW)
    assert {promise.customer_id for promise in Promise.objects.all()} == {two.pk, three.pk}
