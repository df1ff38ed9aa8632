"""A plan's document: the hash of what the engine runs, on paper, under each salesperson's name."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from compensation import actions, queries
from compensation.models import Acknowledgement
from firm.models import Notification
from tests.conftest import NOW
from tests.secrets_manual.pdf import pages_of


@pytest.fixture
def reader(plan, owner, signed_in):
    return signed_in(owner)


def test_the_document_holds_the_terms_the_engine_runs(plan, member):
    year = plan.years.prefetch_related("components__behaviours").first()
    counts = queries.counts_of(member, year, through=year.ends_on)
    run = queries.estimates.frozen_inputs(member, year, counts, through=year.ends_on)
    said = queries.plan_document(plan)["years"][0]["components"]
    for ran, part in zip(run["components"], said, strict=True):
        for name in ("key", "kind", "weight_bp", "curve", "target", "prior_strength"):
            assert ran.get(name) == part.get(name)
        for mine, theirs in zip(ran.get("behaviours", []), part.get("behaviours", []), strict=True):
            assert {name: mine[name] for name in ("key", "weight_bp", "target", "prior_mean")}.items() <= theirs.items()


def test_the_pdf_carries_the_hash_that_was_approved(plan, reader):
    response = reader.get(f"/plans/{plan.pk}/document/download/")
    assert response["Content-Type"] == "application/pdf"
    text = " ".join(pages_of(response.content))
    assert plan.document_hash in text.replace(" ", "")
    for said in ("Asks about my world", "Listening", "36 months from 1 January 2026"):
        assert said in text


def test_a_salesperson_types_their_name(plan, member, reader):
    assert "Read the plan" in reader.get("/bonus/").content.decode()
    page = reader.get(f"/plans/{plan.pk}/acknowledge/").content.decode()
    assert plan.document_hash in page
    response = reader.post(f"/plans/{plan.pk}/acknowledge/", {"typed_name": f"  {member.salesperson.name.upper()} "})
    assert response["Location"] == "/bonus/"
    kept = Acknowledgement.objects.get(member=member)
    assert (kept.document_hash, kept.at, kept.typed_name) == (plan.document_hash, NOW, member.salesperson.name.upper())
    assert "Read the plan" not in reader.get("/bonus/").content.decode()


def test_another_name_is_refused_kindly(plan, member, reader):
    page = reader.post(f"/plans/{plan.pk}/acknowledge/", {"typed_name": "Somebody Else"}).content.decode()
    assert f"Type “{member.salesperson.name}”" in page
    assert 'value="Somebody Else"' in page
    assert not Acknowledgement.objects.exists()


def test_it_is_said_once_and_never_changes(member, owner):
    told = {"typed_name": owner.name, "acting_user": owner, "at": NOW}
    kept = actions.acknowledge_plan(member, **told)
    with pytest.raises(ValidationError, match="already"):
        actions.acknowledge_plan(member, **told)
    with pytest.raises(InternalError), transaction.atomic():
        Acknowledgement.objects.filter(pk=kept.pk).update(typed_name="Other")
    with pytest.raises(InternalError), transaction.atomic():
        kept.delete()


def test_nobody_acknowledges_for_another(member, colleague):
    with pytest.raises(ValidationError):
        actions.acknowledge_plan(member, typed_name=colleague.name, acting_user=colleague, at=NOW)


def test_approval_asks_everybody_and_reminders_come_once_a_week(plan, member, owner, colleague):
    asked = Notification.objects.filter(key=f"plan-approved-{plan.pk}")
    assert set(asked.values_list("user_id", flat=True)) == {owner.pk, colleague.pk}
    actions.acknowledge_plan(member, typed_name=owner.name, acting_user=owner, at=NOW)
    assert actions.remind_of_plans(at=NOW) == 1
    assert actions.remind_of_plans(at=NOW) == 0
    assert actions.remind_of_plans(at=NOW + timedelta(days=7)) == 1
    assert not Notification.objects.filter(user=owner, key__startswith="plan-unread").exists()


def test_compensation_sees_who_has_not_and_reminds(plan, member, owner, planner):
    actions.acknowledge_plan(member, typed_name=owner.name, acting_user=owner, at=NOW)
    page = planner.get(f"/plans/{plan.pk}/").content.decode()
    assert "Remind the 1 who have not read it" in page
    assert "not yet" in page
    reminded = planner.post(f"/plans/{plan.pk}/remind/", follow=True).content.decode()
    assert "1 reminded." in reminded


def test_a_new_version_asks_anew(plan, member, owner, compensation_admin, second_executive):
    actions.acknowledge_plan(member, typed_name=owner.name, acting_user=owner, at=NOW)
    told = {"acting_user": compensation_admin, "at": NOW}
    version = actions.new_plan_version(plan, effective_on=plan.starts_on.replace(month=12), **told)
    version = actions.approve_plan(version, acting_user=second_executive, at=NOW)
    assert Notification.objects.filter(user=owner, key=f"plan-approved-{version.pk}").exists()
    assert not Acknowledgement.objects.filter(member__plan=version).exists()


def test_versions_stand_side_by_side(plan, compensation_admin, planner):
    told = {"acting_user": compensation_admin, "at": NOW}
    version = actions.new_plan_version(plan, effective_on=plan.starts_on.replace(month=12), **told)
    version.years.first().components.filter(key="relationship").update(prior_strength=25)
    page = planner.get(f"/plans/{version.pk}/compare/").content.decode()
    assert (
        "<ins>2 % of the target bonus; pays 0 % at 70 %, 100 % at 100 %, 125 % at 125 %; target 80 %, k 25</ins>"
        in page
    )
    assert "<ins>1 December 2026</ins>" in page


def test_the_list_asks_the_database_as_often_for_one_as_for_20(draft, planner):
    planner.get("/plans/")
    counts = []
    for number in range(2, 22):
        with CaptureQueriesContext(connection) as seen:
            planner.get("/plans/")
        counts.append(len(seen))
        draft.pk, draft._state.adding, draft.version = None, True, number
        draft.save()
    assert len(set(counts)) == 1
