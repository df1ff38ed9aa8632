"""Pages of plans and pay for the browser to look at."""

from tests.compensation.permissions import approved, draft, kept, owners_pay


def my_bonus(request):
    approved(request)
    return "/bonus/"


def plan(request):
    return f"/plans/{approved(request).pk}/"


def draft_plan(request):
    return f"/plans/{draft(request).pk}/"


def add_member(request):
    return f"/plans/{approved(request).pk}/members/add/"


def set_quota(request):
    return f"/plans/members/{owners_pay(request).pk}/quota/"


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


AXE_PAGES = [
    ("owner", my_bonus),
    ("outsider", "/bonus/"),
    ("owner", plan),
    ("compensation_admin", plan),
    ("executive", draft_plan),
    ("compensation_admin", plans),
    ("executive", "/plans/"),
    ("compensation_admin", "/plans/add/"),
    ("compensation_admin", add_member),
    ("compensation_admin", set_quota),
    ("manager", statements),
    ("manager", statement),
    ("owner", sales),
    ("manager", counts),
    ("service_agent", "/statements/check/"),
    ("owner", kept_statement),
    ("manager", kept_counts),
]
