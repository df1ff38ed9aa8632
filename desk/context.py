"""What the shell needs on every page: places of the roles, what waits there, the theme, who a demo lets you be."""

import functools
from dataclasses import replace
from typing import Any, cast

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.models import Role, User
from desk.places import Place, address, deeds_of, places_of
from firm.demo import is_demo_request
from recovery.queries import clocks

THEMES = ("light", "dark")
# Written out, because every page asks it. The promises are those of the list: ``Promise.objects.of``,
# the questions those of ``recovery.queries.waiting_for``.
COUNTS = """
WITH RECURSIVE line AS (
    SELECT id FROM accounts_team WHERE manager_id = %(user)s AND %(is_manager)s
    UNION SELECT team.id FROM accounts_team team JOIN line ON team.parent_id = line.id
)
SELECT (SELECT count(*) FROM firm_notification WHERE user_id = %(user)s AND read_at IS NULL),
       (SELECT count(*) FROM customers_promise promise
        JOIN customers_customer customer ON customer.id = promise.customer_id
        WHERE promise.state = 'open' AND promise.due_on <= %(today)s
          AND customer.owner_id = %(user)s AND customer.removed_at IS NULL)
     + (SELECT count(*) FROM customers_promise promise
        JOIN customers_customer customer ON customer.id = promise.customer_id
        WHERE promise.state = 'open' AND promise.due_on <= %(today)s AND promise.made_by_id = %(user)s
          AND customer.owner_id IS DISTINCT FROM %(user)s AND customer.removed_at IS NULL
          AND (%(sees_all)s OR customer.owner_id IN (
              SELECT id FROM accounts_user WHERE team_id = %(team)s OR team_id IN (SELECT id FROM line)))
          AND NOT EXISTS (
              SELECT FROM customers_ownership tenure
              WHERE tenure.customer_id = customer.id AND tenure.owner_id = %(user)s
                AND tenure.since <= promise.made_at::date
                AND (tenure.until IS NULL OR tenure.until >= promise.made_at::date))),
       (SELECT count(*) FROM recovery_budgetrequest asked
        JOIN recovery_case oops ON oops.id = asked.case_id
        JOIN customers_customer customer ON customer.id = oops.customer_id
        WHERE asked.asked_of_id = %(user)s AND asked.is_granted IS NULL AND asked.withdrawn_at IS NULL
          AND customer.removed_at IS NULL)
"""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Everything ``base.html`` shows around a page: at most two queries, whatever the size of the firm.

    They run when a template first asks; fragments ask for nothing. A demo adds one a minute.
    """
    firm = getattr(request, "firm", None)
    theme = request.COOKIES.get("theme", "")
    around: dict[str, Any] = {"firm": firm, "theme": theme if theme in THEMES else ""}
    if firm is not None and firm.is_demo and is_demo_request(request):
        around |= {"demo_people": SimpleLazyObject(demo_people), "mailbox_url": address("mailbox")}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        around |= _of_person(user, request.path)
    return around


def _of_person(user: User, path: str) -> dict[str, Any]:
    running = SimpleLazyObject(lambda: clocks(user, timezone.now()))
    counts = SimpleLazyObject(lambda: _counts(user))
    places = SimpleLazyObject(lambda: _counted(places_of(user, path), counts, running))
    return {
        "deeds": SimpleLazyObject(lambda: deeds_of(user)),
        "shell_clocks": running,
        "places": places,
        "place_list": SimpleLazyObject(lambda: place_list(tuple(places))),
        "unread": SimpleLazyObject(lambda: counts["unread"]),
    }


def _counts(user: User) -> dict[str, int]:
    """Unread notices, promises due (to customers of one's own, and one's own to those of others), and surprises
    one is asked to allow. One query.
    """
    reach = {
        "is_manager": user.has_role(Role.MANAGER),
        "sees_all": user.has_role(Role.SERVICE, Role.MARKETING),
        "team": user.team_id if user.has_role(Role.SALESPERSON) else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, {"user": user.pk, "today": timezone.localdate(), **reach})
        return dict(zip(("unread", "promises", "budget_requests"), cursor.fetchone(), strict=True))


def _counted(places: list[Place], counts: Any, running: Any) -> list[Place]:
    return [_with_count(place, counts, running) for place in places]


def _with_count(place: Place, counts: Any, running: Any) -> Place:
    if place.name == "promises":
        return replace(place, count=counts["promises"])
    if place.name == "budget_requests":
        return replace(place, count=counts["budget_requests"], hot=counts["budget_requests"] > 0)
    if place.name == "cases":
        return replace(place, count=len(running), hot=any(clock.is_late for clock in running))
    return place


@functools.lru_cache(maxsize=512)
def place_list(places: tuple[Place, ...]) -> str:
    """The places as HTML: every page shows them twice, and few lists differ, so it is kept."""
    return render_to_string("components/places.html", {"places": places})


def demo_people() -> list[dict[str, Any]]:
    """For each role the first active person whose main role it is; looked up once a minute."""
    return cast(list[dict[str, Any]], cache.get_or_set("demo-people", _demo_people, 60))


def _demo_people() -> list[dict[str, Any]]:
    order = {role.value: place for place, role in enumerate(Role)}
    people = User.objects.active().exclude(roles=[]).order_by("roles__0", "id").distinct("roles__0")
    return [
        {"pk": user.pk, "name": user.name, "role": Role(user.roles[0]).label, "url": reverse("become", args=[user.pk])}
        for user in sorted(people, key=lambda user: order[user.roles[0]])
    ]
