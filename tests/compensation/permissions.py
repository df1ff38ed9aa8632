"""Who gets which status at each address of plans and pay."""

import io
from datetime import date

from compensation import actions, rules
from compensation.actions.disputes import open_dispute
from customers.models import Sale
from tests.access import Access
from tests.compensation.cases import small
from tests.compensation.issued import issue
from tests.compensation.makers import adjusted, computed, draft_plan, signed_card
from tests.conftest import NOW

SALESPEOPLE = {"owner": 200, "colleague": 200, "outsider": 200}
PLANNERS = {"compensation_admin": 200}
PLAN_READERS = {"compensation_admin": 200, "executive": 200}
MEMBERS_READERS = PLAN_READERS | {"owner": 200, "manager": 200}


def draft(request):
    """The template's plan; the cast's salespeople are to be paid by it."""
    for name in ("owner", "colleague", "outsider"):
        request.getfixturevalue(name)
    signed_card(made_by=request.getfixturevalue("manager"), signed_by=request.getfixturevalue("executive"))
    return draft_plan(request.getfixturevalue("compensation_admin"))


def approved(request):
    """The same plan, approved."""
    return actions.approve_plan(draft(request), acting_user=request.getfixturevalue("second_executive"), at=NOW)


def plan(request):
    return {"pk": approved(request).pk}


def on_draft(request):
    return {"pk": draft(request).pk}


def with_template(request):
    return on_draft(request) | {"key": "secret-agent"}


def second_mix(request):
    return on_draft(request) | {"number": 2}


def mended(request):
    return second_mix(request) | {"key": "from_products"}


def second_year(request):
    return {"pk": draft(request).years.get(number=2).pk}


def on_part(request):
    return second_year(request) | {"key": "relationship"}


def on_point(request):
    return on_part(request) | {"place": 0}


def owners_pay(request):
    return approved(request).members.get(salesperson=request.getfixturevalue("owner"))


def member(request):
    return {"pk": owners_pay(request).pk}


def facts(request):
    return member(request) | {"key": "new_revenue"}


def nobody_yet(request):
    approved(request)
    return {}


def kept(request):
    member = owners_pay(request)
    year = member.plan.years.first()
    statement = member.statements.create(
        year=year,
        as_of=year.starts_on,
        inputs=small(),
        inputs_hash=rules.digest(small()),
        result=rules.statement(small()),
        kept_by=member.changed_by,
        kept_at=member.changed_at,
    )
    return {"pk": statement.pk}


def kept_facts(request):
    return kept(request) | {"key": "relationship"}


def leave(request):
    member = owners_pay(request)
    return {"pk": add_leave_of(member.salesperson, member.changed_by).pk}


def removed_leave(request):
    member = owners_pay(request)
    gone = add_leave_of(member.salesperson, member.changed_by)
    return {"event": actions.remove_leave(gone, acting_user=member.changed_by, at=NOW)}


def add_leave_of(salesperson, by):
    day = date(2026, 3, 2)
    return actions.add_leave(salesperson, starts_on=day, ends_on=day, reason="ill", acting_user=by, at=NOW)


def sale(request):
    customer, owner = request.getfixturevalue("customer"), request.getfixturevalue("owner")
    day = date(2026, 3, 2)
    made = Sale.objects.create(
        order_number="S1", customer=customer, salesperson=owner, ordered_on=day, amount=100, currency="EUR"
    )
    return {"pk": made.pk}


def computed_run(request):
    """An accrual through January, run by compensation, that waits for approval."""
    plan = approved(request)
    return computed(plan, request.getfixturevalue("compensation_admin"))


def run(request):
    return {"pk": computed_run(request).pk}


def locked_run(request):
    """The same, approved; it settled nothing and only the plan's final run pays."""
    return actions.approve_run(computed_run(request), acting_user=request.getfixturevalue("executive"), at=NOW)


def paying_run(request):
    """A locked run that settles an adjustment, so that payroll has something to pay."""
    plan = approved(request)
    adjusted(plan, request.getfixturevalue("compensation_admin"), request.getfixturevalue("executive"))
    made = computed(plan, request.getfixturevalue("compensation_admin"))
    return {"pk": actions.approve_run(made, acting_user=request.getfixturevalue("executive"), at=NOW).pk}


def issued(request):
    """A statement that a locked run issued to the owner."""
    member = owners_pay(request)
    people = {name: request.getfixturevalue(name) for name in ("compensation_admin", "second_executive")}
    return issue(member, run_by=people["compensation_admin"], approved_by=people["second_executive"])


def issued_args(request):
    return {"pk": issued(request).pk}


def in_dispute(request):
    """The owner disputes a line of it."""
    statement, owner = issued(request), request.getfixturevalue("owner")
    return {"pk": open_dispute(statement, component="new_revenue", text="Why?", acting_user=owner, at=NOW).pk}


def quota_file(request):
    """A file that would raise the owner's target bonus, tried."""
    plan, owner = approved(request), request.getfixturevalue("owner")
    file = io.BytesIO(f"E-mail,Target bonus\n{owner.email},30000\nnobody@x.example,1\n".encode())
    by = request.getfixturevalue("compensation_admin")
    made = actions.import_quotas(plan, file, file_name="quotas.csv", acting_user=by, at=NOW)
    return {"pk": plan.pk, "import_pk": made.pk}


DISPUTE_READERS = {"owner": 200, "manager": 200, "executive": 200, "compensation_admin": 200}
DECIDERS = {"owner": 403, "manager": 403, "executive": 403, "compensation_admin": 302}
UPHELD = {"uphold-amount": "12.00", "uphold-reason": "Yes."}

PERMISSIONS = {
    "open_dispute": Access(404, DECIDERS | {"owner": 200, "compensation_admin": 403}, args=issued_args),
    "disputes": Access(403, SALESPEOPLE | PLAN_READERS | {"manager": 200}, args=nobody_yet),
    "dispute": Access(404, DISPUTE_READERS, args=in_dispute),
    "answer_dispute": Access(
        404,
        {"owner": 302, "manager": 403, "executive": 302, "compensation_admin": 302},
        args=in_dispute,
        method="post",
        data={"answer-text": "Because."},
    ),
    "uphold_dispute": Access(404, DECIDERS, args=in_dispute, method="post", data=UPHELD),
    "decline_dispute": Access(404, DECIDERS, args=in_dispute, method="post", data={"decline-reason": "No."}),
    "withdraw_dispute": Access(
        404, DECIDERS | {"owner": 302, "compensation_admin": 403}, args=in_dispute, method="post"
    ),
    "audit_statement": Access(404, PLAN_READERS | {"owner": 403, "manager": 403}, args=issued_args),
    "export_audit": Access(404, PLAN_READERS | {"owner": 403, "manager": 403}, args=issued_args),
    "api_statements-list": Access(401, anonymous=401),
    "api_statements-detail": Access(401, args=lambda request: {"pk": 1}, anonymous=401),
    "api_statements-file": Access(401, args=lambda request: {"pk": 1}, anonymous=401),
    "api_statements-trace": Access(401, args=lambda request: {"pk": 1}, anonymous=401),
    "api_statements-check": Access(401, method="post", anonymous=401),
    "exposures": Access(403, PLAN_READERS | {"manager": 200}, args=nobody_yet),
    "compare_statements": Access(404, MEMBERS_READERS, args=member),
    "plans": Access(403, PLAN_READERS),
    "add_plan": Access(403, PLANNERS),
    "plan": Access(404, PLAN_READERS | SALESPEOPLE, args=plan),
    "approve_plan": Access(404, {"compensation_admin": 403, "executive": 200}, args=on_draft),
    "plan_document": Access(404, PLAN_READERS | SALESPEOPLE, args=plan),
    "download_plan": Access(404, PLAN_READERS | SALESPEOPLE, args=plan),
    "compare_plans": Access(404, PLAN_READERS | SALESPEOPLE, args=plan),
    "new_plan_version": Access(403, PLANNERS, args=plan),
    "acknowledge_plan": Access(404, SALESPEOPLE | {"compensation_admin": 403, "executive": 403}, args=plan),
    "remind_of_plan": Access(403, {"compensation_admin": 302}, args=plan, method="post"),
    "change_plan": Access(403, PLANNERS, args=on_draft),
    "take_template": Access(403, PLANNERS, args=with_template, method="post"),
    "copy_mix": Access(403, PLANNERS, args=second_mix, method="post"),
    "fill_mix": Access(403, PLANNERS, args=second_mix, method="post"),
    "mend_mix": Access(403, PLANNERS, args=mended, method="post"),
    "undo_mix": Access(403, PLANNERS, args=on_draft, method="post"),
    "add_rate": Access(403, PLANNERS, args=on_draft, method="post"),
    "check_mix": Access(403, PLANNERS, args=on_draft, method="post"),
    "simulate_mix": Access(403, PLANNERS, args=on_draft, method="post"),
    "remove_plan": Access(403, {"compensation_admin": 302}, args=on_draft, method="post"),
    "restore_plan": Access(403, {"compensation_admin": 302}, args=on_draft, method="post"),
    "change_plan_year": Access(403, PLANNERS, args=second_year),
    "copy_plan_year": Access(403, PLANNERS, args=second_year, method="post"),
    "take_card": Access(403, PLANNERS, args=second_year, method="post"),
    "take_baselines": Access(403, PLANNERS, args=second_year, method="post"),
    "fill_behaviours": Access(403, PLANNERS, args=on_part, method="post"),
    "add_point": Access(403, PLANNERS, args=on_part, method="post"),
    "remove_point": Access(403, PLANNERS, args=on_point, method="post"),
    "draw_curve": Access(403, PLANNERS, args=on_part, method="post"),
    "add_member": Access(403, PLANNERS, args=plan),
    "set_quota": Access(403, PLANNERS, args=member),
    "set_quotas": Access(403, PLANNERS, args=plan),
    "export_quotas": Access(403, PLANNERS, args=plan),
    "import_quotas": Access(403, PLANNERS, args=plan),
    "quota_import": Access(403, PLANNERS, args=quota_file),
    "apply_quotas": Access(403, {"compensation_admin": 302}, args=quota_file, method="post"),
    "undo_quotas": Access(403, {"compensation_admin": 302}, args=quota_file, method="post"),
    "export_bad_quotas": Access(403, PLANNERS, args=quota_file),
    "add_leave": Access(403, PLANNERS, args=member),
    "remove_leave": Access(403, {"compensation_admin": 302}, args=leave, method="post"),
    "restore_leave": Access(403, {"compensation_admin": 302}, args=removed_leave, method="post"),
    "sale_credits": Access(403, PLANNERS, args=nobody_yet),
    "credit_sale": Access(403, PLANNERS, args=sale),
    "simulator": Access(403, PLAN_READERS, args=nobody_yet),
    "export_simulation": Access(403, PLAN_READERS, args=nobody_yet),
    "read_answers": Access(403, {"compensation_admin": 302, "executive": 302}, args=second_year, method="post"),
    "answers_read": Access(403, {"compensation_admin": 302, "executive": 302}, args=second_year),
    "draw_chance": Access(403, {"compensation_admin": 302, "executive": 302}, args=nobody_yet, method="post"),
    "cancel_chance": Access(403, {"compensation_admin": 302, "executive": 302}, args=nobody_yet, method="post"),
    "chance": Access(403, {"compensation_admin": 302, "executive": 302}, args=lambda request: {"mark": "none"}),
    "my_bonus": Access(403, SALESPEOPLE, args=nobody_yet),
    "runs": Access(403, PLAN_READERS),
    "start_run": Access(403, {"compensation_admin": 302}, method="post"),
    "run": Access(403, PLAN_READERS, args=run),
    "approve_run": Access(403, {"executive": 302}, args=run, method="post"),
    "drop_run": Access(403, PLANNERS, args=run),
    "look_for_late_facts": Access(403, {"compensation_admin": 302}, args=run, method="post"),
    "adjustments": Access(403, PLAN_READERS),
    "approve_adjustments": Access(403, {"compensation_admin": 302, "executive": 302}, method="post"),
    "refuse_adjustments": Access(403, {"compensation_admin": 302, "executive": 302}, method="post"),
    "accruals": Access(403, PLAN_READERS),
    "accruals_csv": Access(403, PLAN_READERS),
    "payroll": Access(403, PLAN_READERS),
    "payroll_format": Access(403, PLANNERS),
    "payroll_run": Access(403, PLANNERS, args=paying_run),
    "export_payroll": Access(403, PLANNERS, args=paying_run, method="post"),
    "statements": Access(403, PLAN_READERS | {"manager": 200}),
    "check_statement": Access(200),
    "statement": Access(404, MEMBERS_READERS, args=member),
    "statement_facts": Access(404, MEMBERS_READERS, args=facts),
    "download_statement": Access(404, MEMBERS_READERS, args=member),
    "statement_pdf": Access(404, MEMBERS_READERS, args=member),
    "keep_statement": Access(
        404, {"owner": 403, "manager": 403, "executive": 403, "compensation_admin": 302}, args=member, method="post"
    ),
    "kept_statement": Access(404, MEMBERS_READERS, args=kept),
    "kept_statement_facts": Access(404, MEMBERS_READERS, args=kept_facts),
    "kept_statement_pdf": Access(404, MEMBERS_READERS, args=kept),
    # The kept inputs hold counts of two customers, which stay withheld from whom they rated.
    "download_kept_statement": Access(404, MEMBERS_READERS | {"owner": 403}, args=kept),
}
