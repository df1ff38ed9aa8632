"""Facts that pay, as compensation keeps them: days away, and whom a sale is credited to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.views import only, person
from compensation import actions, queries, rules
from compensation.forms import CreditsForm, LeaveForm
from compensation.models import Leave, PlanMember

PAGE = 50


@login_required
def add_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """A member's days away, and one more stretch of them."""
    user = _planner(request)
    member = get_object_or_404(PlanMember.objects.select_related("plan", "salesperson"), pk=pk)
    if member.salesperson_id == user.pk:
        raise PermissionDenied("Nobody enters their own leave. Ask a colleague.")
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            leave = actions.add_leave(member.salesperson, **form.cleaned_data, acting_user=user, at=timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"{leave.span.days} days of leave are entered. No plan counts them.")
            return redirect("add_leave", member.pk)
    leaves = member.salesperson.leaves.select_related("changed_by").order_by("-starts_on")
    return render(request, "compensation/add_leave.html", {"member": member, "form": form, "leaves": leaves})


@login_required
@require_POST
def remove_leave(request: HttpRequest, pk: int) -> HttpResponse:
    user = _planner(request)
    leave = get_object_or_404(Leave.objects.select_related("salesperson"), pk=pk)
    who = leave.salesperson
    event = actions.remove_leave(leave, acting_user=user, at=timezone.now())
    undo = reverse("restore_leave", args=[event])
    messages.success(request, f"The leave of {who} is out. Its days count again.", extra_tags=f"undo:{undo}")
    return _back(who)


@login_required
@require_POST
def restore_leave(request: HttpRequest, event: int) -> HttpResponse:
    user = _planner(request)
    try:
        leave = actions.restore_leave(event, acting_user=user, at=timezone.now())
    except Leave.DoesNotExist as error:
        raise Http404 from error
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("plans")
    messages.success(request, f"The leave of {leave.salesperson} is back.")
    return _back(leave.salesperson)


@login_required
def sale_credits(request: HttpRequest) -> HttpResponse:
    """Sales to split between salespeople."""
    _planner(request)
    text, only_split = request.GET.get("q", "").strip()[:60], bool(request.GET.get("split"))
    found = queries.sales_to_credit(text=text, only_split=only_split)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [(sale, queries.parts_of(sale)) for sale in page]
    context = {"page": page, "rows": rows, "q": text, "only_split": only_split}
    return render(request, "compensation/sale_credits.html", context)


@login_required
def credit_sale(request: HttpRequest, pk: int) -> HttpResponse:
    """Who a sale is credited to, and who said so."""
    user = _planner(request)
    sales = queries.sales_to_credit()
    sale = get_object_or_404(sales, pk=pk)
    form = CreditsForm(request.POST or None, shares=queries.shares_of(sale))
    if request.method == "POST" and form.is_valid():
        try:
            actions.credit_sale(sale, shares=form.cleaned_data["shares"], acting_user=user, at=timezone.now())
        except (ValidationError, PermissionDenied) as refusal:
            form.add_error(None, getattr(refusal, "messages", str(refusal)))
        else:
            told = ", ".join(f"{part.who} {part.percent}" for part in queries.parts_of(sales.get(pk=pk)))
            messages.success(request, f"Order {sale} is credited: {told}.")
            return redirect("credit_sale", sale.pk)
    context = {
        "sale": sale,
        "form": form,
        "parts": queries.parts_of(sale),
        "history": queries.credit_history(sale),
        "reversals": sale.reversals.filter(removed_at=None).order_by("ordered_on", "pk"),
        "locked": queries.locked_through(sale.ordered_on),
    }
    return render(request, "compensation/credit_sale.html", context)


def _planner(request: HttpRequest) -> User:
    user = person(request)
    only(rules.may_plan(user.roles))
    return user


def _back(who: User) -> HttpResponse:
    member = who.plan_members.order_by("-plan__starts_on", "-pk").first()
    return redirect("add_leave", member.pk) if member else redirect("plans")
