"""What the next draw would do."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Role
from accounts.views import only, person
from firm.bell import ring
from firm.queries import the_firm
from firm.rules import month_after
from report_cards import rules
from report_cards.queries.preview import by_team, month_to_draw, narrowed, preview

PAGE = 50


@login_required
def preview_round(request: HttpRequest) -> HttpResponse:
    """How many would be asked, by team and salesperson, and everyone held or left out with the reason."""
    user, at, firm = person(request), timezone.now(), the_firm()
    only(user.has_role(Role.MANAGER, Role.EXECUTIVE))
    # The rows that are decided on are written by a task: looking writes nothing.
    ring("report_cards.note_exclusions")
    seen = preview(user, month_to_draw(firm, at), firm=firm, at=at)
    wanted = {key: request.GET.get(key, "").strip() for key in ("q", "why", "team")}
    lines = narrowed(seen.lines, text=wanted["q"], why=wanted["why"], team=wanted["team"])
    whys = sorted(seen.total.why.items(), key=lambda pair: -pair[1])
    drawn_in = month_after(seen.month)
    context = {
        "seen": seen,
        "teams": by_team(seen.people),
        "reasons": [(why, rules.WORDS_OF[why], count) for why, count in whys],
        "wanted": wanted,
        "page": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "drawn_on": firm.first_working_day(drawn_in.year, drawn_in.month),
    }
    return render(request, "report_cards/preview_round.html", context)
