"""Coverage: who knows their high-value customers. Counts only, no more of it than each may see."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Team
from customers.models import Customer, Interaction
from secrets_manual import tasks
from secrets_manual.actions import count_coverage, record_consent, remove_secret, use_secret
from secrets_manual.models import Category, ManualCoverage
from secrets_manual.queries import manual_of
from secrets_manual.queries.coverage import coverage_for, without_manual
from tests.conftest import NOW, person

LATER = NOW + timedelta(days=3)


@pytest.fixture
def valued(customer):
    customer.tier = "high_value"
    customer.save()
    return customer


@pytest.fixture
def blank(valued, owner):
    return Customer.objects.create(name="=Blank & Co", owner=owner, tier="high_value")


@pytest.fixture
def page(signed_in):
    def get(user, name="coverage", **query):
        return signed_in(user).get(reverse(name), query).content.decode()

    return get


def row(owner):
    count_coverage(at=LATER)
    return ManualCoverage.objects.get(owner=owner)


def test_counts_of_an_owner(blank, valued, written, owner, colleague):
    used = written()
    written(at=NOW - timedelta(days=60), category=Category.objects.get(key="dream"))
    use_secret(used, reference="", note="a towel", acting_user=colleague, at=NOW)
    found = row(owner)
    assert (found.customers, found.high_value, found.with_manual, found.blank) == (2, 2, 1, 1)
    assert (found.logged_30, found.logged_90, found.used_30, found.used_90) == (1, 2, 1, 1)


@pytest.mark.parametrize("sensitivity", ["shared", "relationship", "confidential"])
def test_the_score_is_what_the_account_team_may_know(valued, written, owner, colleague, sensitivity):
    written(sensitivity=sensitivity, category=Category.objects.get(key="dream"))
    use_secret(written(at=NOW - timedelta(days=300)), reference="", note="x", acting_user=owner, at=NOW)
    Interaction.objects.create(customer=valued, by=owner, on=(NOW - timedelta(days=60)).date())
    assert row(owner).health == manual_of(valued, colleague, LATER).health.score > 0


def test_a_confidential_one_is_a_manual_and_no_health(valued, written, owner):
    written(sensitivity="confidential")
    found = row(owner)
    assert (found.with_manual, found.health, found.logged_30) == (1, 0, 1)


def test_a_person_has_fewer_categories(valued, written, owner):
    Customer.objects.filter(pk=valued.pk).update(kind="person")
    valued.refresh_from_db()
    written()
    written(category=Category.objects.get(key="inventory_problem"))
    assert row(owner).health == manual_of(valued, owner, LATER).health.score


def test_special_and_removed_leave_no_trace(valued, written, owner):
    record_consent(valued, wording="Agreed at the counter.", acting_user=owner, at=NOW)
    written(sensitivity="special")
    remove_secret(written(), acting_user=owner, at=NOW)
    written(audiences=("marketing",))
    found = row(owner)
    assert (found.with_manual, found.health, found.logged_30) == (0, 0, 0)
    assert list(without_manual(owner)) == [valued]


def test_counting_twice_changes_nothing(valued, written, owner):
    written()
    assert count_coverage(at=LATER) == count_coverage(at=LATER)
    tasks.count_coverage()
    assert ManualCoverage.objects.filter(owner=owner).count() == 1


def test_who_sees_what(blank, written, owner, colleague, outsider, manager, executive):
    written()
    Customer.objects.create(name="Colleague’s", owner=colleague, tier="high_value")
    Customer.objects.create(name="Outsider’s", owner=outsider, tier="high_value")
    Customer.objects.create(name="Nobody’s", tier="high_value")
    count_coverage(at=LATER)

    def names(user):
        seen = coverage_for(user)
        return [line.name for line in seen.people], [line.name for line in seen.teams], seen.firm is not None

    assert names(owner) == ([owner.name], [], False)
    assert names(manager) == ([colleague.name, owner.name], ["North Harbour"], False)
    assert names(executive) == ([], ["North Harbour", "South", "Without a team"], True)
    firm = coverage_for(executive).firm
    assert (firm.high_value, firm.with_manual, firm.blank) == (5, 1, 4)


def test_page_of_each(page, blank, written, owner, manager, executive):
    written()
    mine = page(owner)
    assert "50\u202f%" in mine
    assert "Your 1 without a manual" in mine
    assert owner.name in page(manager)
    seen = page(executive)
    assert "1 of 2" in seen
    assert owner.name not in seen
    assert "Blank" not in seen


def test_counted_on_first_sight(page, valued, owner):
    assert not ManualCoverage.objects.exists()
    page(owner)
    assert ManualCoverage.objects.filter(owner=owner).exists()


def test_sort_and_team(page, blank, written, manager, owner, colleague):
    written()
    Customer.objects.create(name="Colleague’s", owner=colleague, tier="high_value")
    up, down = page(manager, sort="share"), page(manager, sort="-share")
    assert up.index(colleague.name) < up.rindex(owner.name)
    assert down.index(owner.name) < down.rindex(colleague.name)
    assert colleague.name in page(manager, team=str(owner.team_id), sort="nonsense")
    assert colleague.name not in page(manager, team="999999")


def test_the_blank_ones_are_named_where_visible(page, blank, written, owner, manager, outsider, executive, signed_in):
    written()
    assert "=Blank &amp; Co" in page(owner, "blank_manuals")
    assert "=Blank &amp; Co" in page(manager, "blank_manuals", owner=str(owner.pk))
    assert "All of them are known" in page(outsider, "blank_manuals", owner=str(owner.pk))
    assert signed_in(executive).get(reverse("blank_manuals")).status_code == 403
    assert "Aldous" not in page(owner, "blank_manuals")


def test_csv_is_safe_and_the_same(page, blank, owner, manager, executive):
    owner.name = "=HYPERLINK(1)"
    owner.save()
    rows = list(csv.DictReader(io.StringIO(page(manager, "coverage_csv"))))
    assert [(one["what"], one["name"], one["without_manual"]) for one in rows] == [
        ("person", "'=HYPERLINK(1)", "2"),
        ("team", "North Harbour", "2"),
    ]
    assert "HYPERLINK" not in page(executive, "coverage_csv")


def test_query_count_is_constant(signed_in, valued, team, manager, django_assert_max_num_queries):
    client, counts = signed_in(manager), []
    for more in (1, 19):
        for _ in range(more):
            number = ManualCoverage.objects.count() + Team.objects.count() + Customer.objects.count()
            seller = person(f"Seller {number}", "salesperson", team=team)
            Customer.objects.create(name=f"Customer {number}", owner=seller, tier="high_value")
        count_coverage(at=LATER)
        with django_assert_max_num_queries(16) as seen:
            assert client.get(reverse("coverage")).status_code == 200
        with django_assert_max_num_queries(16) as listed:
            assert client.get(reverse("blank_manuals")).status_code == 200
        counts.append((len(seen.captured_queries), len(listed.captured_queries)))
    assert counts[0] == counts[1]
