"""Pages of this app for tests/test_axe.py and tests/test_phone.py."""

from tests.recovery.permissions import of_closed, running


def a_case(request):
    return running(request).get_absolute_url()


def a_closed_case(request):
    return f"/oops/{of_closed(request)['pk']}/"


def a_letter(request):
    return f"{a_case(request)}apology/"


def opening(request):
    return f"/oops/open/?customer={request.getfixturevalue('customer').pk}"


def the_list(request):
    running(request)
    return "/oops/"


AXE_PAGES = [
    ("service_agent", the_list),
    ("service_agent", "/oops/?show=closed"),
    ("service_agent", "/oops/open/"),
    ("service_agent", opening),
    ("service_agent", a_case),
    ("owner", a_case),
    ("colleague", a_case),
    ("service_agent", a_closed_case),
    ("service_agent", a_letter),
]
