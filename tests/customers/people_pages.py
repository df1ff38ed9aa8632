"""Pages of people and misfits; tests/customers/pages.py takes these rows over."""

from datetime import date

from customers.actions import add_customer, add_misfit, change_contact
from customers.models import ContactPoint, Misfit
from customers.queries import seen_of_contact
from tests.conftest import NOW
from tests.customers import people_permissions as made
from tests.pages import Sent

DAY = {"kind": "birthday", "label": "", "month": 2, "day": 29, "year": 1972, "days_before": 7}
LONG = "ein-sehr-langes-postfach-das-niemand-abtippt@unwahrscheinlich-lange-firmennamen.example"


def full_person(request):
    """The contact with further addresses, a day, somebody they know here and one elsewhere."""
    contact, owner = request.getfixturevalue("contact"), request.getfixturevalue("owner")
    made.relation(request)
    told = {"acting_user": owner, "at": NOW}
    points = [
        {"kind": "email", "value": LONG, "label": "home"},
        {"kind": "phone", "value": "+49 170 5550199", "label": "mobile"},
    ]
    change_contact(contact, points=points, occasions=[DAY], how_met="At the pottery fair.", **told)
    elsewhere = add_customer(name="Brook & Son", owner=owner, contact={"name": "Bea Brook"}, **told)
    elsewhere.contacts.get().relations.create(other=contact, kind="former colleague of")
    add_misfit(
        contact.customer, noted_on=date(2026, 11, 2), needed="A kiln", why_not="Too hot", contact=contact, **told
    )
    return {"pk": contact.pk}


def overtaken(request):
    """The contact form sent back because somebody else was faster."""
    pk = full_person(request)["pk"]
    contact = ContactPoint.objects.filter(contact=pk).first().contact
    page = request.getfixturevalue("signed_in")(request.getfixturevalue("owner")).get(
        f"/customers/contacts/{pk}/change/"
    )
    form = page.context["form"]
    sent = {"seen": form["seen"].value(), "name": "Judith A. Aldous", "email": contact.email, "language": "en"}
    for rows in (form.points, form.occasions):
        sent |= {f"{rows.prefix}-TOTAL_FORMS": 0, f"{rows.prefix}-INITIAL_FORMS": 0}
    assert seen_of_contact(contact)["points"]
    change_contact(
        contact, name="Judith B.", phone="", points=[], acting_user=request.getfixturevalue("colleague"), at=NOW
    )
    return Sent(f"/customers/contacts/{pk}/change/", sent)


def wrong_rows(request):
    """The form for a new person with faulty rows."""
    rows = {"points-TOTAL_FORMS": 1, "points-INITIAL_FORMS": 0, "points-0-kind": "email", "points-0-value": "j"}
    days = {
        "occasions-TOTAL_FORMS": 1,
        "occasions-INITIAL_FORMS": 0,
        "occasions-0-kind": "other",
        "occasions-0-day": 31,
    }
    pk = request.getfixturevalue("customer").pk
    return Sent(f"/customers/{pk}/contacts/add/", {"name": "Bea"} | rows | days | {"occasions-0-month": 2})


def misfits(request):
    made.misfit(request)
    Misfit.objects.create(
        customer=request.getfixturevalue("customer"),
        needed="Delivery by bicycle within the hour, all year round",
        why_not="We have lorries",
        offered="A courier",
        whose="Harbour Bikes",
        outcome="took_it",
        noted_on=date(2026, 10, 1),
        noted_by=request.getfixturevalue("owner"),
    )
    return "/misfits/"


def rows(of, of_customer, sent, named):
    """(who, address) of every page, made with the helpers of the list they go into."""
    person = of(full_person, "/customers/contacts/{pk}/")
    return [
        ("owner", person),
        ("service_agent", person),
        ("owner", of(full_person, "/customers/contacts/{pk}/change/")),
        ("owner", named(overtaken, "change overtaken")),
        ("owner", named(wrong_rows, "wrong rows")),
        ("owner", of(full_person, "/customers/contacts/{pk}/relations/add/")),
        ("owner", of(full_person, "/customers/contacts/{pk}/relations/add/?q=nobody")),
        ("owner", sent(of(full_person, "/customers/contacts/{pk}/relations/add/"), kind="")),
        ("owner", named(misfits, "misfits")),
        ("marketer", named(misfits, "misfits")),
        ("owner", "/misfits/"),
        ("owner", "/misfits/?q=nothing"),
        ("owner", of_customer("misfits/add/")),
        ("owner", sent(of_customer("misfits/add/"), outcome="took_it")),
        ("owner", of(made.misfit, "/misfits/{pk}/change/")),
        ("owner", of(made.misfit, "/misfits/{pk}/outcome/")),
        ("owner", sent(of(made.misfit, "/misfits/{pk}/outcome/"), outcome="took_it")),
    ]
