"""The table of everybody's pay: changed rows only, nothing lost, nothing overwritten unseen, nobody their own."""

import csv
import io
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from compensation import actions
from compensation.models import PlanMember, Quota
from tests.compensation.makers import QUOTAS
from tests.conftest import NOW


def url(plan):
    return f"/plans/{plan.pk}/quotas/"


def shown(client, plan, **query):
    """What a browser would send back of the table, untouched."""
    rows = client.get(url(plan), query).context["rows"]
    data = {"member": [str(row.member.pk) for row in rows]}
    for row in rows:
        for field in row:
            if not field.field.disabled:
                value = field.value()
                data[field.html_name] = "" if value is None else str(value)
    return data


def add_people(plan, count, acting_user):
    for number in range(count):
        who = User.objects.create_user(f"p{number}@fairwater.example", name=f"Person {number}", roles=["salesperson"])
        terms = {"target_bonus": Decimal(1000), "quotas": QUOTAS, "eligible_from": None}
        actions.add_member(plan, salesperson=who, **terms, acting_user=acting_user, at=NOW)


def events():
    """How many versions of members and quotas are kept."""
    return [model.events.field.model.objects.count() for model in (PlanMember, Quota)]


def first_new(member):
    return Quota.objects.get(salesperson=member.salesperson, year__number=1, kind="new_revenue").amount


def test_only_changed_rows_and_quotas_are_written(member, plan, planner, compensation_admin):
    data, before = shown(planner, plan), events()
    data |= {f"m{member.pk}-quota_1_new_revenue": "77000.5", f"m{member.pk}-target_bonus": "30000"}
    response = planner.post(url(plan) + "?sort=bonus", data, follow=True)
    assert response.redirect_chain == [(f"/plans/{plan.pk}/quotas/?sort=bonus", 302)]
    assert "1 row saved." in response.content.decode()
    assert first_new(member) == Decimal("77000.50")
    assert [after - old for after, old in zip(events(), before, strict=True)] == [1, 1]


def test_an_untouched_table_writes_nothing(plan, member, planner):
    data, before = shown(planner, plan), events()
    response = planner.post(url(plan), data, follow=True)
    assert "Nothing was changed." in response.content.decode()
    assert events() == before


BAD = [
    ("target_bonus", "-1"),
    ("target_bonus", ""),
    ("quota_1_new_revenue", "0"),
    ("quota_2_continuing_revenue", ""),
    ("quota_3_new_revenue", "many"),
    ("eligible_from", "soon"),
]


def test_a_bad_field_is_told_beside_it_and_nothing_typed_is_lost(member, plan, planner, subtests):
    opened = shown(planner, plan)
    other = plan.members.exclude(pk=member.pk).first()
    for name, value in BAD:
        with subtests.test(name=name, value=value):
            data = opened | {f"m{member.pk}-{name}": value, f"m{other.pk}-target_bonus": "31000"}
            rows = {row.member.pk: row for row in planner.post(url(plan), data).context["rows"]}
            assert list(rows[member.pk].errors) == [name]
            assert rows[member.pk][name].value() == value
            assert rows[other.pk]["target_bonus"].value() == "31000"
            other.refresh_from_db()
            assert other.target_bonus == Decimal(24000)


def test_the_last_day_comes_after_the_first(member, plan, planner):
    days = {f"m{member.pk}-eligible_from": "2026-05-01", f"m{member.pk}-eligible_until": "2026-04-01"}
    response = planner.post(url(plan), shown(planner, plan) | days)
    assert "Before the first day." in response.content.decode()


def test_the_second_of_two_is_told_and_overwrites_nothing_unseen(member, plan, planner):
    first = shown(planner, plan)
    second = dict(first)
    first |= {f"m{member.pk}-target_bonus": "30000", f"m{member.pk}-quota_1_new_revenue": "60000"}
    planner.post(url(plan), first)
    second |= {f"m{member.pk}-target_bonus": "40000"}
    response = planner.post(url(plan), second)
    row = next(row for row in response.context["rows"] if row.member == member)
    assert row.reason == "Somebody else changed this row meanwhile."
    assert row.errors["target_bonus"] == ["Now 30000.00. Save again to keep yours."]
    assert row.errors["quota_1_new_revenue"] == ["Changed meanwhile, from 100000.00."]
    assert (row["target_bonus"].value(), row["quota_1_new_revenue"].value()) == ("40000", "60000.00")
    member.refresh_from_db()
    assert member.target_bonus == Decimal(30000)
    again = second | {f"m{member.pk}-{name}": row[name].value() for name in ("seen", "quota_1_new_revenue")}
    planner.post(url(plan), again)
    member.refresh_from_db()
    assert (member.target_bonus, first_new(member)) == (Decimal(40000), Decimal(60000))


def test_a_row_another_changed_and_i_did_not_is_left_alone(member, plan, planner):
    mine = shown(planner, plan)
    planner.post(url(plan), mine | {f"m{member.pk}-target_bonus": "30000"})
    other = plan.members.exclude(pk=member.pk).first()
    planner.post(url(plan), mine | {f"m{other.pk}-target_bonus": "31000"})
    assert {one.target_bonus for one in plan.members.all()} >= {Decimal(30000), Decimal(31000)}


def test_ones_own_row_can_only_be_read(paid_planner, plan, signed_in):
    client = signed_in(paid_planner.salesperson)
    page = client.get(url(plan)).content.decode()
    assert "Your own pay: a colleague sets it." in page
    data = shown(client, plan)
    key = f"m{paid_planner.pk}-target_bonus"
    assert key not in data
    client.post(url(plan), data | {key: "99000", f"m{paid_planner.pk}-seen": ""})
    paid_planner.refresh_from_db()
    assert paid_planner.target_bonus == Decimal(1000)


def test_search_and_sort(plan, member, planner):
    rows = planner.get(url(plan), {"q": member.salesperson.name[:5], "sort": "changed"}).context["rows"]
    assert [row.member for row in rows] == [member]
    assert "Nobody of that name" in planner.get(url(plan), {"q": "zzz"}).content.decode()


def test_the_table_takes_the_same_queries_whatever_it_shows(
    plan, planner, compensation_admin, django_assert_num_queries
):
    add_people(plan, 1, compensation_admin)
    with CaptureQueriesContext(connection) as first:
        planner.get(url(plan), {"q": "person"})
    for number in range(20, 39):
        who = User.objects.create_user(f"q{number}@fairwater.example", name=f"Person {number}", roles=["salesperson"])
        PlanMember.objects.create(
            plan=plan, salesperson=who, target_bonus=1, changed_by=compensation_admin, changed_at=NOW
        )
    with django_assert_num_queries(len(first)):
        page = planner.get(url(plan), {"q": "person"})
    assert len(page.context["rows"]) == 20


def test_the_export_holds_everybody_and_no_formula(plan, member, planner):
    User.objects.filter(pk=member.salesperson_id).update(name="=1+1", employee_number="0042")
    content = planner.get(f"/plans/{plan.pk}/quotas/export/").content.decode("utf-8-sig")
    rows = {row["E-mail"]: row for row in csv.DictReader(io.StringIO(content))}
    row = rows[member.salesperson.email]
    assert (row["Name"], row["Employee number"], row["Year 3 new revenue"]) == ("'=1+1", "0042", "100000.00")
    assert len(rows) == plan.members.count()
