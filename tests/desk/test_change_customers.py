"""Many customers at once: tagged, untagged, handed over, each by the rules for one."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from customers.actions import add_customer, add_tag, remove_customer, tags_named
from customers.models import Customer, Ownership, Tag
from desk.actions import change_customers, next_batch, undo_change, work_off
from desk.models import BulkChange
from desk.tasks import change_customers as task
from firm.models import Job, Notification
from tests.conftest import NOW


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def three(customer, owner, outsider):
    """The owner's two, and the outsider's."""
    told = {"acting_user": owner, "at": NOW}
    return [customer, *(add_customer(name=name, owner=who, **told) for name, who in (("B", owner), ("C", outsider)))]


def picks(*customers, **more):
    return {"customer": [customer.pk for customer in customers], **more}


def tagged(name="Fair"):
    return sorted(customer.name for customer in Customer.objects.filter(tags__name=name))


def test_a_tag_for_those_picked_and_undone(three, owner, signed_in):
    browser = signed_in(owner)
    add_tag(three[1], name="fair")
    page = browser.post("/customers/tag/", picks(*three[:2], tag="Fair", query="sort=place"), follow=True)
    assert page.redirect_chain == [("/customers/?sort=place", 302)]
    assert "1 customer is tagged fair; for 1 nothing had to change." in page.text
    assert tagged("fair") == ["Aldous & Daughter", "B"]
    browser.post(f"/customers/changes/{BulkChange.objects.get().pk}/undo/")
    assert tagged("fair") == ["B"], "whoever had it before keeps it"
    assert "undone already" in browser.post(f"/customers/changes/{BulkChange.objects.get().pk}/undo/", follow=True).text


def test_whom_it_may_not_change_it_says(three, owner, signed_in):
    page = signed_in(owner).post("/customers/tag/", picks(*three, tag="Fair"), follow=True)
    assert tagged() == ["Aldous & Daughter", "B"]
    assert "2 customers are tagged Fair." in page.text
    assert "gone, or not yours to see" in page.text
    assert ">C<" not in page.text


def test_visible_is_not_enough(three, owner, service_agent):
    service_agent.roles = ["service", "salesperson"]
    service_agent.save()
    tag = tags_named(["Fair"])[0]
    told = {"tag": tag, "acting_user": service_agent, "at": NOW}
    done = work_off(change_customers("tag", [one.pk for one in three], **told), at=NOW)
    assert [reason for _, reason in done.refused] == ["not yours to change"] * 3
    assert tagged() == []


def test_a_tag_less(three, owner, signed_in):
    add_tag(three[0], name="Fair")
    signed_in(owner).post("/customers/untag/", picks(*three[:2], tag="FAIR"))
    assert tagged() == []
    undo_change(BulkChange.objects.get(), at=NOW)
    assert tagged() == ["Aldous & Daughter"]


@pytest.mark.parametrize(
    ("path", "data", "words"),
    [
        ("tag", {"tag": "Fair"}, "Nobody is picked"),
        ("tag", {"tag": "", "customer": "1"}, "Which tag?"),
        ("tag", {"tag": "a,b", "customer": "1"}, "no comma"),
        ("untag", {"tag": "Nowhere", "customer": "1"}, "There is no tag"),
        ("tag", {"tag": "Fair", "customer": "999999999999999999999999"}, "Nobody is picked"),
    ],
)
def test_what_makes_no_sense_is_said(customer, owner, signed_in, path, data, words):
    page = signed_in(owner).post(f"/customers/{path}/", data, follow=True)
    assert words in page.text
    assert not BulkChange.objects.exists()


def test_everybody_who_matches(three, owner, manager, signed_in):
    signed_in(manager).post("/customers/tag/", {"everybody": "1", "query": "q=b&tier=standard", "tag": "Fair"})
    assert tagged() == ["B"]


def test_handing_over_takes_the_number(three, owner, colleague, manager, signed_in):
    browser = signed_in(manager)
    page = browser.post("/customers/hand-over/", picks(*three[:2], query="sort=place"))
    assert "Hand over 2 customers" in page.text
    sent = picks(*three[:2], to=colleague.pk, since="2026-11-24", reason="Maternity leave")
    assert "Type that number" in browser.post("/customers/hand-over/", sent | {"count": "3"}).text
    assert not BulkChange.objects.exists()
    done = browser.post("/customers/hand-over/", sent | {"count": "2"}, follow=True)
    assert "2 customers are handed over to Ines Okafor." in done.text
    assert {one.owner for one in Customer.objects.filter(pk__in=[three[0].pk, three[1].pk])} == {colleague}
    assert Ownership.objects.filter(owner=colleague, until=None, reason="Maternity leave").count() == 2
    heard = dict(Notification.objects.values_list("user", "text"))
    words = f"2 customers come to you from {owner} on 24 November 2026. Their promises come along."
    assert heard == {colleague.pk: words, owner.pk: f"2 of your customers go to {colleague} on 24 November 2026."}


def test_whom_one_may_not_hand_over_stays(three, colleague, manager, outsider):
    told = {"to": colleague, "since": NOW.date(), "acting_user": manager, "at": NOW}
    done = work_off(change_customers("hand_over", [one.pk for one in three], **told), at=NOW)
    assert (len(done.changed), [reason for _, reason in done.refused]) == (2, ["gone, or not yours to see"])
    assert Customer.objects.get(name="C").owner == outsider
    with pytest.raises(ValidationError, match="not undone"):
        undo_change(done, at=NOW)


def many(owner, count):
    rows = Customer.objects.bulk_create([Customer(name=f"C{number}", owner=owner) for number in range(count)])
    return [row.pk for row in rows]


def test_many_go_to_the_worker_with_a_page_that_follows(customer, owner, signed_in):
    ids, browser = many(owner, 250), signed_in(owner)
    page = browser.post("/customers/tag/", {"customer": ids, "tag": "Fair"}, follow=True)
    change = BulkChange.objects.get()
    assert page.redirect_chain[-1][0] == f"/customers/changes/{change.pk}/"
    assert "<progress" in page.text
    assert not tagged()
    assert next_batch(change.pk, at=NOW)
    fragment = browser.get(f"/customers/changes/{change.pk}/", headers={"HX-Request": "true"})
    assert 'value="100"' in fragment.text
    assert "<h1" not in fragment.text
    task()
    assert len(tagged()) == 250
    assert "250 customers are tagged Fair." in browser.get(f"/customers/changes/{change.pk}/").text
    done = browser.get(f"/customers/changes/{change.pk}/", headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"


def test_more_than_five_thousand_are_refused(owner):
    with pytest.raises(ValidationError, match="Narrow the list"):
        change_customers("tag", range(5001), acting_user=owner, at=NOW)


def test_a_batch_takes_the_same_queries_for_one_and_many(customer, owner, django_assert_max_num_queries):
    tag = tags_named(["Fair"])[0]
    change = change_customers("tag", many(owner, 100), tag=tag, acting_user=owner, at=NOW)
    with django_assert_max_num_queries(11):
        work_off(change, at=NOW)


def test_removed_meanwhile_is_left_alone(three, owner):
    tag = tags_named(["Fair"])[0]
    done = work_off(change_customers("tag", [three[0].pk], tag=tag, acting_user=owner, at=NOW), at=NOW)
    remove_customer(three[0], acting_user=owner, at=NOW)
    assert undo_change(done, at=NOW) == 0
    late = change_customers("tag", [three[1].pk], tag=tag, acting_user=owner, at=NOW)
    Tag.objects.all().delete()
    assert work_off(late, at=NOW).refused[0][1] == "the tag was deleted meanwhile"


@pytest.mark.django_db(transaction=True)
def test_four_workers_do_each_batch_once(owner, django_db_serialized_rollback):
    ids = many(owner, 400)
    tag = tags_named(["Fair"])[0]
    change = change_customers("tag", ids, tag=tag, acting_user=owner, at=NOW)
    begin = threading.Barrier(4)

    def work():
        begin.wait()
        while Job.objects.filter(pk=change.job_id, ended_at=None).exists():
            next_batch(change.pk, at=NOW)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    done = BulkChange.objects.get(pk=change.pk)
    assert sorted(done.changed) == sorted(ids)
    assert len(tagged()) == Job.objects.get(pk=change.job_id).done == 400
