"""The table of what a plan's people are paid for: to look at, to edit, to take along."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from accounts.views import only, person
from compensation import actions, rules
from compensation.actions.quotas import CHANGED, RowsRefused
from compensation.forms.quotas import QuotaRowForm, row_forms
from compensation.models import BonusPlan
from compensation.queries.payroll import the_layout
from compensation.queries.quotas import SORTS, columns_of, table_members, terms_of
from compensation.rules.quotas import quota_file

PAGE = 25


@login_required
def set_quotas(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody's target bonus, days and quotas in one table, saved together."""
    user, plan = planner_and_plan(request, pk)
    text, sort = request.GET.get("q", "").strip()[:60], request.GET.get("sort", "")
    sort = sort if sort in SORTS else "name"
    columns = columns_of(plan)
    page = Paginator(table_members(plan, text=text, sort=sort), PAGE).get_page(request.GET.get("page"))
    posted, members = request.POST if request.method == "POST" else None, list(page)
    if posted is not None:
        ids = [one for one in posted.getlist("member")[:PAGE] if one.isdecimal()]
        members = list(table_members(plan, sort=sort).filter(pk__in=ids))
    rows = row_forms(members, terms_of(plan, members, columns), columns, posted, user_id=user.pk)
    if posted is not None and (saved := _save(plan, rows, user)) is not None:
        messages.success(request, f"{saved} row{'' if saved == 1 else 's'} saved." if saved else "Nothing was changed.")
        return redirect(request.get_full_path())
    context: dict[str, Any] = {
        "plan": plan,
        "page": page,
        "rows": rows,
        "q": text,
        "sort": sort,
        "sorts": SORTS.items(),
    }
    return render(request, "compensation/set_quotas.html", context | {"years": plan.years.order_by("number")})


def _save(plan: BonusPlan, rows: list[QuotaRowForm], user: User) -> int | None:
    """How many rows were saved; None when something is in the way, which then stands in the rows."""
    typed = [row for row in rows if row.is_bound]
    if [row for row in typed if not row.is_valid()]:
        return None
    try:
        return actions.set_quotas(plan, [row.wanted for row in typed], acting_user=user, at=timezone.now())
    except RowsRefused as refused:
        for row in typed:
            row.reason = refused.reasons.get(row.member.pk, "")
            if row.reason == CHANGED:
                row.meet(refused.now[row.member.pk])
    return None


@login_required
def export_quotas(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole table as CSV, which the import reads again."""
    _, plan = planner_and_plan(request, pk)
    columns, members = columns_of(plan), list(table_members(plan))
    now, layout = terms_of(plan, members, columns), the_layout()[1]
    rows = [(member.salesperson, now[member.pk]) for member in members]
    people = [((who.employee_number, who.email, who.name), terms) for who, terms in rows]
    content = quota_file(people, columns, separator=layout.separator, mark=layout.decimal_mark)
    return as_csv(content, f"quotas-{slugify(str(plan))}.csv")


def as_csv(content: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def planner_and_plan(request: HttpRequest, pk: int) -> tuple[User, BonusPlan]:
    """Who sets pay, and a plan they see."""
    user = person(request)
    only(rules.may_plan(user.roles))
    return user, get_object_or_404(BonusPlan.objects.visible_to(user), pk=pk)
