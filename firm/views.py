"""Health, first-run setup, notices, and the mailbox of a demo."""

import re
from html.parser import HTMLParser

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firm import queries
from firm.demo import customer_pass, is_demo_request
from firm.forms import SetupForm
from firm.models import CaughtMail, Firm, Notification

ADDRESS = re.compile(r"https?://[^\s<>\"')]+")


@never_cache
@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when everything lives, else 503."""
    found = queries.health(timezone.now())
    return JsonResponse(found, status=200 if found["status"] == "ok" else 503)


@never_cache
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """Once: the firm and its first administrator, who is signed in by it."""
    if Firm.objects.exists():
        raise Http404
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            administrator = form.set_up()
        except IntegrityError:
            raise Http404 from None
        login(request, administrator)  # type: ignore[arg-type]
        messages.success(request, f"{form.instance.name} is ready, and you are its first administrator.")
        return redirect("home")
    return render(request, "firm/setup.html", {"form": form})


@login_required
def notifications(request: HttpRequest) -> HttpResponse:
    """What the person should know, newest first."""
    notices = Notification.objects.of(request.user).order_by("-at", "-id")
    return render(
        request, "firm/notifications.html", {"page": Paginator(notices, 30).get_page(request.GET.get("page"))}
    )


@login_required
@require_POST
def read_notifications(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    Notification.objects.of(request.user).filter(read_at=None).update(read_at=timezone.now())
    return redirect("notifications")


@login_required
@require_GET
def open_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read and go where it leads."""
    notice = get_object_or_404(Notification.objects.of(request.user), pk=pk)
    Notification.objects.filter(pk=pk, read_at=None).update(read_at=timezone.now())
    return redirect(notice.url or "notifications")


@require_GET
def mailbox(request: HttpRequest) -> HttpResponse:
    """Everything a demo sent, newest first; ``q`` filters by receiver or subject."""
    visible_in_demo(request)
    words = request.GET.get("q", "").strip()
    mails = CaughtMail.objects.order_by("-at", "-id").defer("text", "html", "raw")
    if words:
        mails = mails.filter(to__icontains=words) | mails.filter(subject__icontains=words)
    page = Paginator(mails, 30).get_page(request.GET.get("page"))
    return render(request, "firm/mailbox.html", {"page": page, "words": words})


@require_GET
def caught_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: its text, and its links as the customer would open them."""
    visible_in_demo(request)
    mail = get_object_or_404(CaughtMail, pk=pk)
    return render(request, "firm/caught_mail.html", {"mail": mail, "links": links_of(mail, request)})


def visible_in_demo(request: HttpRequest) -> None:
    if not is_demo_request(request):
        raise Http404


class LinkParser(HTMLParser):
    """Collects the links of a mail's HTML with their words; the HTML itself is never shown."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append([dict(attrs).get("href") or "", ""])
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "a"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1][1] += data


def links_of(mail: CaughtMail, request: HttpRequest) -> list[tuple[str, str]]:
    """(address, words) of each link once; those of this site open as the mail's receiver."""
    parser = LinkParser()
    parser.feed(mail.html)
    given = [(href, " ".join(words.split())) for href, words in parser.found]
    given += [(href.rstrip(".,;"), "") for href in ADDRESS.findall(mail.text)]
    links: dict[str, str] = {}
    for href, words in given:
        if href.startswith(("http://", "https://")):
            links.setdefault(href, words or href)
    return [(as_receiver(href), words) for href, words in links.items()]


def as_receiver(href: str) -> str:
    """A customer's link (``/r/…``, ``/f/…``) of this site with a pass, for a signed-in demo browser."""
    path, _, query = href.partition("?")
    local = re.sub(r"^https?://[^/]+", "", path)
    if not local.startswith(("/r/", "/f/")):
        return href
    passed = customer_pass(local)
    return f"{passed}&{query}" if query else passed
