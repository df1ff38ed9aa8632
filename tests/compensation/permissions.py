"""Who gets which status at each address of plans and pay."""

from compensation import actions, rules
from tests.access import Access
from tests.compensation.cases import small
from tests.compensation.makers import draft_plan, signed_card
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


PERMISSIONS = {
    "plans": Access(403, PLAN_READERS),
    "add_plan": Access(403, PLANNERS),
    "plan": Access(404, PLAN_READERS | SALESPEOPLE, args=plan),
    "approve_plan": Access(
        404,
        {"owner": 403, "colleague": 403, "outsider": 403, "compensation_admin": 403, "executive": 302},
        args=plan,
        method="post",
    ),
    "add_member": Access(403, PLANNERS, args=plan),
    "set_quota": Access(403, PLANNERS, args=member),
    "my_bonus": Access(403, SALESPEOPLE, args=nobody_yet),
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
