"""Pages of plans and pay for the browser to look at."""

from datetime import date

from django.utils import timezone

from compensation import actions
from compensation.queries import voices
from compensation.queries.past_year import mix_of, past_year
from firm.queries import the_firm
from tests.compensation.makers import adjusted
from tests.compensation.permissions import (
    approved,
    computed_run,
    draft,
    in_dispute,
    issued,
    kept,
    locked_run,
    owners_pay,
    paying_run,
    quota_file,
    sale,
)
from tests.conftest import NOW


def my_bonus(request):
    approved(request)
    return "/bonus/"


def plan(request):
    return f"/plans/{approved(request).pk}/"


def draft_plan(request):
    return f"/plans/{draft(request).pk}/"


def change_plan(request):
    return f"/plans/{draft(request).pk}/change/"


def change_plan_year(request):
    return f"/plans/years/{draft(request).years.first().pk}/change/"


def approve_plan(request):
    return f"/plans/{draft(request).pk}/approve/"


def new_plan_version(request):
    return f"/plans/{approved(request).pk}/version/"


def compare_plans(request):
    plan, maker = approved(request), request.getfixturevalue("compensation_admin")
    version = actions.new_plan_version(plan, effective_on=date(2027, 3, 1), acting_user=maker, at=NOW)
    version.years.first().components.filter(key="relationship").update(prior_strength=25)
    return f"/plans/{version.pk}/compare/"


def acknowledge_plan(request):
    return f"/plans/{approved(request).pk}/acknowledge/"


def plan_document(request):
    return f"/plans/{approved(request).pk}/document/"


def add_member(request):
    return f"/plans/{approved(request).pk}/members/add/"


def set_quota(request):
    return f"/plans/members/{owners_pay(request).pk}/quota/"


def set_quotas(request):
    return f"/plans/{approved(request).pk}/quotas/"


def import_quotas(request):
    return f"/plans/{approved(request).pk}/quotas/import/"


def quota_import(request):
    made = quota_file(request)
    return f"/plans/{made['pk']}/quotas/import/{made['import_pk']}/"


def plans(request):
    approved(request)
    return "/plans/"


def statements(request):
    approved(request)
    return "/statements/"


def statement(request):
    return f"/statements/{owners_pay(request).pk}/"


def sales(request):
    return f"/statements/{owners_pay(request).pk}/facts/new_revenue/"


def counts(request):
    return f"/statements/{owners_pay(request).pk}/facts/relationship/"


def kept_statement(request):
    return f"/statements/kept/{kept(request)['pk']}/"


def kept_counts(request):
    return f"/statements/kept/{kept(request)['pk']}/facts/relationship/"


def leave(request):
    return f"/plans/members/{owners_pay(request).pk}/leave/"


def credit_sale(request):
    return f"/plans/sales/{sale(request)['pk']}/"


def sale_credits(request):
    sale(request)
    return "/plans/sales/"


def run(request):
    return f"/runs/{computed_run(request).pk}/"


def runs(request):
    computed_run(request)
    return "/runs/"


def drop_run(request):
    return f"/runs/{computed_run(request).pk}/drop/"


def adjustments(request):
    plan = approved(request)
    adjusted(plan, request.getfixturevalue("compensation_admin"), request.getfixturevalue("executive"))
    return "/runs/adjustments/?state=approved"


def accruals(request):
    locked_run(request)
    return "/runs/accruals/"


def payroll(request):
    paying_run(request)
    return "/payroll/"


def payroll_run(request):
    return f"/payroll/{paying_run(request)['pk']}/"


def exposures(request):
    owners_pay(request)
    return "/statements/exposures/"


def compare_statements(request):
    return f"/statements/{owners_pay(request).pk}/compare/"


def issued_statement(request):
    return f"/statements/kept/{issued(request).pk}/"


def open_dispute(request):
    return f"/statements/kept/{issued(request).pk}/dispute/"


def disputes(request):
    in_dispute(request)
    return "/disputes/"


def dispute(request):
    return f"/disputes/{in_dispute(request)['pk']}/"


def audit_statement(request):
    return f"/statements/kept/{issued(request).pk}/audit/"


def simulator(request):
    approved(request)
    return "/simulator/"


def drawing(request):
    """A draw of chance that nobody works off."""
    year = approved(request).years.first()
    today = the_firm().today(timezone.now())
    facts, mix = past_year(year, today=today), mix_of(year)
    asker = request.getfixturevalue("executive")
    actions.draw_chance(year, facts, mix, facts_on=today, acting_user=asker, at=NOW)
    return f"/simulator/?year={year.pk}"


def reading(request):
    """Answers too many to wait for, that nobody reads."""
    year = approved(request).years.get(number=1)
    request.getfixturevalue("monkeypatch").setattr(voices, "FEW", -1)
    asked = {"today": the_firm().today(timezone.now()), "acting_user": request.getfixturevalue("executive")}
    actions.read_answers(year, **asked, at=NOW)
    return f"/simulator/?year={year.pk}"


AXE_PAGES = [
    ("executive", simulator),
    ("executive", reading),
    ("executive", drawing),
    ("compensation_admin", leave),
    ("compensation_admin", credit_sale),
    ("compensation_admin", sale_credits),
    ("owner", my_bonus),
    ("outsider", "/bonus/"),
    ("owner", plan),
    ("compensation_admin", plan),
    ("executive", draft_plan),
    ("compensation_admin", plans),
    ("executive", "/plans/"),
    ("compensation_admin", "/plans/add/"),
    ("compensation_admin", change_plan),
    ("compensation_admin", change_plan_year),
    ("executive", approve_plan),
    ("compensation_admin", new_plan_version),
    ("compensation_admin", compare_plans),
    ("executive", plan_document),
    ("owner", acknowledge_plan),
    ("compensation_admin", add_member),
    ("compensation_admin", set_quota),
    ("compensation_admin", set_quotas),
    ("compensation_admin", import_quotas),
    ("compensation_admin", quota_import),
    ("manager", statements),
    ("manager", statement),
    ("owner", sales),
    ("manager", counts),
    ("service_agent", "/statements/check/"),
    ("manager", exposures),
    ("owner", compare_statements),
    ("owner", issued_statement),
    ("owner", open_dispute),
    ("executive", audit_statement),
    ("compensation_admin", disputes),
    ("compensation_admin", dispute),
    ("owner", kept_statement),
    ("manager", kept_counts),
    ("compensation_admin", runs),
    ("executive", run),
    ("compensation_admin", drop_run),
    ("executive", adjustments),
    ("compensation_admin", accruals),
    ("compensation_admin", payroll),
    ("compensation_admin", payroll_run),
    ("compensation_admin", "/payroll/format/"),
]
