"""Who gets which status at the addresses of the list, of changing many, of exports and of merging."""

from customers.actions import add_customer
from customers.models import Customer, SavedView, Tag
from desk.actions import ask_merge, change_customers, work_off
from tests.access import Access
from tests.conftest import NOW

TEAM = ("owner", "colleague", "manager")
LISTERS = [*TEAM, "service_agent", "marketer", "outsider", "administrator"]


def owner_of(request, customer):
    """Whoever owns the customer by now: some tests hand it over."""
    return Customer.objects.get(pk=customer.pk).owner or request.getfixturevalue("owner")


def twin(request):
    """The same customer once more, of the same owner."""
    customer = request.getfixturevalue("customer")
    owner = owner_of(request, customer)
    return customer, add_customer(name="Aldous and Daughter", owner=owner, acting_user=owner, at=NOW)


def of_customer(request):
    return {"pk": twin(request)[0].pk}


def of_merge(request):
    kept, gone = twin(request)
    told = {"taken": [], "people": {}, "reason": "", "at": NOW}
    return {"pk": ask_merge(kept, gone, acting_user=owner_of(request, kept), **told).pk}


def of_change(request):
    tag, ids = Tag.objects.create(name="Fair"), [request.getfixturevalue("customer").pk]
    change = change_customers("tag", ids, tag=tag, acting_user=request.getfixturevalue("owner"), at=NOW)
    return {"pk": work_off(change, at=NOW).pk}


def of_tag(request):
    return {"pk": Tag.objects.create(name="Fair").pk}


def of_customer_and_tag(request):
    return {"pk": request.getfixturevalue("customer").pk, "tag": Tag.objects.create(name="Fair").pk}


def of_view(request):
    owner = request.getfixturevalue("owner")
    return {"pk": SavedView.objects.create(user=owner, page="customers", name="Wool", query="q=wool").pk}


def pickers(status):
    return dict.fromkeys([*TEAM, "outsider", "administrator"], status)


def changing(args, data=None):
    statuses = dict.fromkeys(TEAM, 302) | dict.fromkeys(["service_agent", "marketer"], 403)
    return Access(404, statuses, args, method="post", data=data or {})


# Whoever sees both and may change neither is turned away; to the others the records do not exist.
MERGE = dict.fromkeys(["service_agent", "marketer"], 403)
# A page without the other record: those who may change this one choose it.
CHOOSE = Access(404, dict.fromkeys([*TEAM, "administrator"], 200) | MERGE, of_customer)
KEEPERS = {"manager": 200, "administrator": 200}

PERMISSIONS = {
    "customers": Access(403, dict.fromkeys(LISTERS, 200)),
    "export_customers": Access(403, dict.fromkeys(LISTERS, 200)),
    "tag_customers": Access(403, pickers(302), method="post"),
    "untag_customers": Access(403, pickers(302), method="post"),
    "hand_over_customers": Access(403, {"manager": 302, "administrator": 302}, method="post"),
    "bulk_change": Access(404, {"owner": 200}, of_change),
    "undo_bulk_change": Access(404, {"owner": 302}, of_change, method="post"),
    "exports": Access(403, {"privacy_officer": 200, "administrator": 200}),
    "duplicates": Access(403, pickers(200)),
    "merge_customers": CHOOSE,
    "say_different": Access(404, method="post", args=of_customer, data={"other": "0"}),
    "merge": Access(404, dict.fromkeys([*TEAM, "administrator"], 200) | MERGE, of_merge),
    "approve_merge": Access(404, dict.fromkeys([*TEAM, "administrator"], 302) | MERGE, of_merge, method="post"),
    "refuse_merge": Access(404, dict.fromkeys([*TEAM, "administrator"], 302) | MERGE, of_merge, method="post"),
    "undo_merge": Access(404, dict.fromkeys([*TEAM, "administrator"], 302) | MERGE, of_merge, method="post"),
    "add_tag": changing(lambda request: {"pk": request.getfixturevalue("customer").pk}, {"name": "Fair"}),
    "remove_tag": changing(of_customer_and_tag),
    "restore_tag": changing(of_customer_and_tag),
    "tags": Access(403, dict.fromkeys(LISTERS, 200)),
    "rename_tag": Access(403, KEEPERS, of_tag),
    "merge_tag": Access(403, KEEPERS, of_tag, method="post"),
    "delete_tag": Access(403, KEEPERS, of_tag, method="post"),
    "saved_views": Access(403, dict.fromkeys(LISTERS, 200)),
    "save_view": Access(403, dict.fromkeys(LISTERS, 302), method="post"),
    "rename_view": Access(404, {"owner": 200}, of_view),
    "change_view_filters": Access(404, {"owner": 302}, of_view, method="post"),
    "open_view_first": Access(404, {"owner": 302}, of_view, method="post"),
    "remove_view": Access(404, {"owner": 302}, of_view, method="post"),
    "restore_view": Access(404, {"owner": 302}, of_view, method="post"),
}
