"""While a customer is typed: who like them is here already."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.views import only, person
from customers import queries
from customers.rules import people


@login_required
def alike(request: HttpRequest) -> HttpResponse:
    """Customers with a like name, address or number, for the form that is being typed in."""
    user = person(request)
    only(people.may_add(user.roles))
    typed = request.GET
    but = typed.get("but", "")
    found = queries.alike(
        user,
        name=typed.get("name", "")[:160],
        email=(typed.get("contact_email") or typed.get("email", ""))[:254],
        phone=(typed.get("contact_phone") or typed.get("phone", ""))[:40],
        but=int(but) if but.isdecimal() and len(but) < 19 else None,
    )
    shown = {"alike": found, "ticked": "anyway" in typed, "is_asking": "ask" in typed}
    return render(request, "components/alike.html", shown)
