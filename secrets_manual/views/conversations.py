"""Conversations: one question after another, and what becomes of the answers."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.views import only, person
from customers.models import Customer
from customers.queries import may_change
from secrets_manual import actions, queries, rules
from secrets_manual.forms import AnswerForm, AnswerSecretForm, EndConversationForm, RewriteForm, SkipForm
from secrets_manual.models import Answer, Category, Conversation

PAGE = 25


@login_required
def conversations(request: HttpRequest) -> HttpResponse:
    """One's own conversations; nobody reads another's."""
    only(rules.may_log(person(request).roles))
    return _list(request)


def _list(request: HttpRequest, **more: Any) -> HttpResponse:
    """The list, with what is left to pass on; ``more`` is what a refused form leaves on it."""
    user = person(request)
    wanted = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "state")}
    found = queries.conversations_of(user, text=wanted["q"], state=wanted["state"])
    shown = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "left": queries.left_with(user),
        "categories": Category.objects.offered(),
    }
    return render(request, "secrets_manual/conversations.html", shown | more)


@login_required
@require_POST
def start_conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin, or go on with the unfinished one."""
    user = person(request)
    customer = get_object_or_404(Customer.objects.visible_to(user), pk=pk)
    only(rules.may_log(user.roles))
    contact = customer.contacts.present().filter(pk=_number(request.POST.get("contact", ""))).first()
    begun = actions.start_conversation(customer, contact=contact, acting_user=user, at=timezone.now())
    return redirect("conversation", begun.pk)


@login_required
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """The next question, large, and what was heard so far; once ended, what came of it."""
    found = _heard_by(request, pk)
    if found.ended_at:
        return render(request, "secrets_manual/conversation_ended.html", _summary(request, found))
    return _loop(request, found)


def _heard_by(request: HttpRequest, pk: int) -> Conversation:
    own = Conversation.objects.heard_by(person(request))
    return get_object_or_404(own.select_related("customer__owner", "contact"), pk=pk)


def _number(value: str) -> int:
    return int(value[:18]) if value.isdecimal() else 0


def _loop(request: HttpRequest, found: Conversation, **more: Any) -> HttpResponse:
    """The page of a running conversation; ``more`` is what a refused form leaves on it."""
    user, at = person(request), timezone.now()
    ranked = queries.next_questions(found.customer, user, at)
    topic = request.GET.get("ask", "")
    offer = queries.chosen(ranked, topic=topic, about=request.GET.get("about", ""))
    spoken = queries.spoken_words(offer, user, at)
    if spoken:
        actions.note_reads([spoken], user=user, why="asked whether it is still true", at=at)
    shown = {
        "conversation": found,
        "customer": found.customer,
        "in_view": found.customer_id,
        "offer": offer,
        "spoken": spoken,
        "ahead": rules.ahead(ranked),
        "topic": topic,
        "categories": Category.objects.offered().filter(kind__in=queries.kinds_of(found.customer)),
        "contacts": found.customer.contacts.present(),
        "heard": queries.heard_in(found),
        "key": uuid4(),
        "has_consent": actions.has_consent(found.customer, found.contact),
    }
    return render(request, "secrets_manual/conversation.html", shown | more)


def _summary(request: HttpRequest, found: Conversation, **more: Any) -> dict[str, Any]:
    """What a conversation brought, with the words of its secrets; reading them is noted."""
    user, at = person(request), timezone.now()
    heard = queries.heard_in(found)
    made = queries.secrets_made(heard, user, at)
    actions.note_reads(made.values(), user=user, why="what a conversation brought", at=at)
    learned = [(answer, made.get(answer.secret_id or answer.about_id or 0)) for answer in reversed(heard.learned)]
    shown = {"conversation": found, "customer": found.customer, "in_view": found.customer_id, "heard": heard}
    return shown | {"learned": learned, "categories": Category.objects.offered()} | more


@login_required
@require_POST
def record_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was heard, and go on. An ended conversation still takes what a dead network held back."""
    found = _heard_by(request, pk)
    form = AnswerForm(request.POST, conversation=found, user=person(request))
    if not form.is_valid():
        return _loop(request, found, form=form, typed=request.POST.get("text", ""))
    actions.record_answer(found, **form.answer_fields(), acting_user=person(request), at=timezone.now())
    return redirect("conversation", pk)


@login_required
@require_POST
def skip_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Another question; what was typed already stays in the field."""
    found, user = _heard_by(request, pk), person(request)
    form = SkipForm(request.POST, conversation=found, user=user)
    if form.is_valid():
        actions.skip_question(found, **form.asked_fields(), acting_user=user, at=timezone.now())
    typed = request.POST.get("text", "").strip()[:500]
    return _loop(request, found, typed=typed) if typed else redirect("conversation", pk)


@login_required
@require_POST
def answer_still_true(request: HttpRequest, pk: int) -> HttpResponse:
    """They said it is still so."""
    found, user = _heard_by(request, pk), person(request)
    form = SkipForm(request.POST, conversation=found, user=user)
    if form.is_valid() and form.cleaned_data["about"]:
        key, about = form.cleaned_data["key"], form.cleaned_data["about"]
        actions.answer_still_true(found, key=key, about=about, acting_user=user, at=timezone.now())
    return redirect("conversation", pk)


@login_required
@require_POST
def change_conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else is at the table."""
    found = _heard_by(request, pk)
    contact = found.customer.contacts.present().filter(pk=_number(request.POST.get("contact", ""))).first()
    actions.change_conversation(found, contact=contact, acting_user=person(request))
    return redirect("conversation", pk)


@login_required
@require_POST
def make_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer becomes a secret, in one step; only special words or a missing category ask back."""
    user, at = person(request), timezone.now()
    left = queries.left_with(user).filter(pk=pk).first()
    answer = left or _answer_heard_by(request, pk)
    only(rules.may_log(user.roles))
    if answer.state != Answer.State.HEARD:
        return _back(request, answer)
    form = AnswerSecretForm(request.POST, answer=answer, user=user) if left else _secret_form(request, answer)
    if form.is_valid():
        try:
            if isinstance(form, RewriteForm):
                actions.rewrite_secret(answer, text=form.cleaned_data["text"], acting_user=user, at=at)
            else:
                actions.make_secret(answer, **form.secret_fields(), acting_user=user, at=at)
            return _passed_on(request, left) if left else _back(request, answer)
        except ValidationError as refused:
            form.add_error(None, refused)
    if left:
        return _list(request, refused=form, refused_pk=pk)
    return _refused(request, answer, form)


def _passed_on(request: HttpRequest, answer: Answer) -> HttpResponse:
    messages.success(request, f"It is in the manual of {answer.conversation.customer} now.")
    return redirect("conversations")


def _answer_heard_by(request: HttpRequest, pk: int) -> Answer:
    reach = Answer.objects.heard_by(person(request))
    return get_object_or_404(reach.select_related("conversation__customer__owner", "category", "about"), pk=pk)


def _secret_form(request: HttpRequest, answer: Answer) -> AnswerSecretForm | RewriteForm:
    """New words for the secret that was asked of, or a new secret."""
    if answer.about and not answer.about.removed_at and "anew" not in request.POST:
        return RewriteForm(request.POST, answer=answer, secret=answer.about)
    return AnswerSecretForm(request.POST, answer=answer, user=person(request))


def _refused(request: HttpRequest, answer: Answer, form: AnswerSecretForm | RewriteForm) -> HttpResponse:
    """The page it came from, with what is asked back beside the answer."""
    asked_back: dict[str, Any] = {"refused": form, "refused_pk": answer.pk}
    if request.POST.get("from") == "end":
        return render(
            request, "secrets_manual/end_conversation.html", _ending(request, answer.conversation, asked_back)
        )
    if answer.conversation.ended_at:
        summary = _summary(request, answer.conversation, **asked_back)
        return render(request, "secrets_manual/conversation_ended.html", summary)
    return _loop(request, answer.conversation, **asked_back)


def _back(request: HttpRequest, answer: Answer) -> HttpResponse:
    ends = request.POST.get("from") == "end" and not answer.conversation.ended_at
    return redirect("end_conversation" if ends else "conversation", answer.conversation_id)


@login_required
@require_POST
def unmake_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo: the secret leaves the manual, and is an answer again."""
    answer = _answer_heard_by(request, pk)
    try:
        actions.unmake_secret(answer, acting_user=person(request), at=timezone.now())
    except ValidationError as refused:
        messages.error(request, refused.message)
    return _back(request, answer)


@login_required
def end_conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """What was learned, what was not written down yet, how it was, and what was promised."""
    found, user = _heard_by(request, pk), person(request)
    if found.ended_at:
        return redirect("conversation", pk)
    shown = _ending(request, found, {})
    form, may_write = shown["form"], shown["may_write"]
    if request.method == "POST" and (form.is_valid() or not may_write):
        dealings = {"interaction": form.interaction(), "promise": form.promised()} if may_write else {}
        actions.end_conversation(found, **dealings, acting_user=user, at=timezone.now())
        messages.success(request, _farewell(shown["heard"]))
        return redirect("conversation", pk)
    return render(request, "secrets_manual/end_conversation.html", shown)


def _ending(request: HttpRequest, found: Conversation, asked_back: dict[str, Any]) -> dict[str, Any]:
    today = timezone.localdate()
    begun = {"kind": "visit", "on": timezone.localdate(found.began_at)}
    sent = None if asked_back else request.POST or None
    form = EndConversationForm(sent, today=today, initial=begun)
    return _summary(request, found, form=form, may_write=may_change(person(request), found.customer), **asked_back)


def _farewell(heard: queries.Heard) -> str:
    count = len(heard.learned)
    if not count:
        return "Ended. Not every conversation brings a secret; this one brought you closer."
    return f"Ended. {count} thing{'' if count == 1 else 's'} you did not know before. Well listened."


@login_required
@require_POST
def drop_conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """It did not take place, and nothing was heard."""
    found = _heard_by(request, pk)
    try:
        actions.drop_conversation(found, acting_user=person(request))
    except ValidationError as refused:
        messages.error(request, refused.message)
        return redirect("end_conversation", pk)
    messages.success(request, "Forgotten, as if it had not begun.")
    return redirect("customer", found.customer_id)
