"""The read log: the privacy officer's to read, the owner's for own customers, nobody's to change."""

import csv
from datetime import timedelta

import pytest
from django.urls import reverse

from customers.models import Customer
from secrets_manual.actions import grant_access, note_reads
from secrets_manual.models import Secret, SecretRead
from secrets_manual.queries import unusual_reading
from secrets_manual.rules import UNUSUAL_CUSTOMERS
from tests.conftest import NOW


@pytest.fixture
def lines(secret, colleague, manager):
    note_reads([secret], user=colleague, why="customer page", at=NOW)
    note_reads([secret], user=manager, why="search", at=NOW - timedelta(days=3))


def rows(response):
    return list(csv.reader(b"".join(response.streaming_content).decode().splitlines()))


def test_it_says_who_whose_and_why_and_no_words(signed_in, secret, colleague, privacy_officer):
    note_reads([secret], user=colleague, why="customer page", at=NOW)
    page = signed_in(privacy_officer).get(reverse("reads")).content.decode()
    assert all(words in page for words in ("Ines Okafor", "Aldous &amp; Daughter", "customer page"))
    assert "Swims" not in page


def test_it_outlives_the_secret(signed_in, secret, colleague, privacy_officer):
    note_reads([secret], user=colleague, why="customer page", at=NOW)
    number = secret.pk
    Secret.objects.filter(pk=number).delete()
    assert f"secret {number}" in signed_in(privacy_officer).get(reverse("reads")).content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("why=search", 1),
        ("customer=aldous", 2),
        ("customer=nobody", 0),
        ("since=2026-11-24", 1),
        ("until=2026-11-21", 1),
        ("since=nonsense", 2),
        ("since=2026-11-25", 0),
    ],
)
def test_filters(signed_in, lines, privacy_officer, query, count):
    client = signed_in(privacy_officer)
    assert len(client.get(f"{reverse('reads')}?{query}").context["lines"]) == count
    assert len(rows(client.get(f"{reverse('export_reads')}?{query}"))) == count + 1


def test_one_person(signed_in, lines, privacy_officer, colleague):
    found = signed_in(privacy_officer).get(reverse("reads"), {"user": colleague.pk}).context["lines"]
    assert [read.user for read, _ in found] == [colleague]


def test_the_export_holds_no_formula(signed_in, secret, colleague, privacy_officer):
    Customer.objects.filter(pk=secret.customer_id).update(name="=1+1")
    note_reads([secret], user=colleague, why="search", at=NOW)
    (line,) = rows(signed_in(privacy_officer).get(reverse("export_reads")))[1:]
    assert line == ["2026-11-24 09:30:00", "Ines Okafor", "'=1+1", str(secret.pk), "search"]


def many(user, customers, at, every):
    SecretRead.objects.bulk_create(
        SecretRead(secret_id=n, customer_id=n, user=user, why="search", at=at + every * n) for n in range(customers)
    )


def test_reading_much_at_once_is_pointed_out(colleague, manager, firm):
    many(manager, UNUSUAL_CUSTOMERS, NOW, timedelta(seconds=30))
    many(colleague, UNUSUAL_CUSTOMERS + 1, NOW + timedelta(minutes=40), timedelta(seconds=30))
    ((user, burst),) = unusual_reading(at=NOW + timedelta(hours=3))
    assert (user, burst.customers) == (colleague, UNUSUAL_CUSTOMERS + 1)


def test_the_same_over_a_day_is_not(colleague, firm):
    many(colleague, UNUSUAL_CUSTOMERS * 3, NOW, timedelta(minutes=5))
    assert unusual_reading(at=NOW + timedelta(days=2)) == []


def test_two_bursts_are_two(colleague, firm):
    many(colleague, 150, NOW, timedelta(seconds=10))
    many(colleague, 120, NOW + timedelta(hours=5), timedelta(seconds=10))
    assert [burst.customers for _, burst in unusual_reading(at=NOW + timedelta(hours=7))] == [120, 150]


def test_the_page_shows_it(signed_in, colleague, privacy_officer):
    many(colleague, 150, SecretRead._meta.get_field("at").to_python("2026-11-24T00:00:00Z"), timedelta(seconds=1))
    shown = unusual_reading(at=NOW)
    assert shown[0][0] == colleague


def test_the_owner_sees_who_read_own_secrets(signed_in, customer, secret, written, owner, colleague):
    note_reads([secret], user=colleague, why="customer page", at=NOW)
    note_reads([secret], user=owner, why="customer page", at=NOW)
    page = signed_in(owner).get(reverse("customer_reads", args=[customer.pk]))
    assert [read.user for read, _ in page.context["lines"]] == [colleague]


def test_the_owner_learns_nothing_of_what_is_not_theirs(signed_in, customer, written, owner, colleague):
    hidden = written(sensitivity="confidential", audiences=("service",), acting_user=colleague)
    note_reads([hidden], user=colleague, why="its page", at=NOW)
    assert "Ines Okafor" not in signed_in(owner).get(reverse("customer_reads", args=[customer.pk])).content.decode()


def test_grants_stand_there_while_they_last(signed_in, customer, manager, privacy_officer):
    fields = {"purpose": "confidential", "reference": "asked:1", "reason": "A quarrel over a bill."}
    grant = grant_access(customer, user=manager, until=NOW + timedelta(days=9999), at=NOW, **fields)
    grant_access(customer, user=manager, until=NOW - timedelta(days=8), at=NOW - timedelta(days=9), **fields)
    type(grant).objects.filter(pk=grant.pk).update(since=NOW - timedelta(days=30))
    client = signed_in(privacy_officer)
    assert len(client.get(reverse("grants")).context["page"]) == 1
    assert len(client.get(reverse("grants"), {"ended": 1}).context["page"]) == 2


@pytest.mark.parametrize("name", ["reads", "export_reads", "grants"])
def test_query_count_is_constant(
    signed_in, secret, colleague, customer, privacy_officer, django_assert_max_num_queries, name
):
    client, counts = signed_in(privacy_officer), []
    for more in (1, 19):
        note_reads([secret] * more, user=colleague, why="search", at=NOW)
        for n in range(more):
            grant_access(customer, user=colleague, purpose="case", until=NOW.replace(2099), reference=f"{n}", at=NOW)
        with django_assert_max_num_queries(20) as seen:
            response = client.get(reverse(name), {"ended": 1})
            assert b"".join(response) if response.streaming else response.content
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]
