"""The firm's bank of questions: managers and administrators keep it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.views import only, person
from secrets_manual import actions, queries, rules
from secrets_manual.forms import QuestionForm
from secrets_manual.models import Category, Question

# All of a usual bank: by category, closed until one is opened.
PAGE = 300


def _keeper(request: HttpRequest) -> User:
    """The manager or administrator who asks; 403 for everybody else."""
    user = person(request)
    only(rules.may_keep_questions(user.roles))
    return user


@login_required
def questions(request: HttpRequest) -> HttpResponse:
    """Every question by category, with how often it was asked, answered and became a secret.

    A category opens when one looks for something, or by ``open``: its key, or all.
    """
    _keeper(request)
    names = ("q", "category", "state", "open")
    wanted = {name: request.GET.get(name, "").strip()[:100] for name in names}
    filters = {"text": wanted["q"], "category": wanted["category"], "state": wanted["state"]}
    page = Paginator(queries.bank(**filters), PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "wanted": wanted, "categories": Category.objects.all(), "in_order": not wanted["q"]}
    shown["is_narrow"] = any(filters.values())
    return render(request, "secrets_manual/questions.html", shown)


@login_required
def add_question(request: HttpRequest) -> HttpResponse:
    """One of the firm's own."""
    user = _keeper(request)
    form = QuestionForm(request.POST or None, initial={"category": request.GET.get("category", "")})
    if request.method == "POST" and form.is_valid():
        added = actions.add_question(**form.cleaned_data, acting_user=user, at=timezone.now())
        messages.success(request, "It is in the bank, and asked where this is lacking.")
        return redirect(f"{reverse('questions')}?category={added.category.key}")
    return render(request, "secrets_manual/add_question.html", {"form": form})


@login_required
def change_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words."""
    user = _keeper(request)
    question = get_object_or_404(Question.objects.select_related("category"), pk=pk)
    form = QuestionForm(request.POST or None, instance=question, initial={"category": question.category.key})
    if request.method == "POST" and form.is_valid():
        actions.change_question(question, **form.cleaned_data, acting_user=user)
        messages.success(request, "Changed. What was answered keeps the words of then.")
        return redirect(f"{reverse('questions')}?category={question.category.key}")
    return render(request, "secrets_manual/change_question.html", {"form": form, "question": question})


@login_required
@require_POST
def switch_off_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask it no more."""
    user, question = _keeper(request), get_object_or_404(Question.objects.select_related("category"), pk=pk)
    actions.switch_off_question(question, acting_user=user)
    undo = f"undo:{reverse('switch_on_question', args=[pk])}"
    messages.success(request, "Switched off. Nobody is asked it any more.", extra_tags=undo)
    return _back(request, question)


@login_required
@require_POST
def switch_on_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask it again."""
    user, question = _keeper(request), get_object_or_404(Question.objects.select_related("category"), pk=pk)
    actions.switch_on_question(question, acting_user=user)
    messages.success(request, "It is asked again.")
    return _back(request, question)


@login_required
@require_POST
def move_question(request: HttpRequest, pk: int) -> HttpResponse:
    """A place up or down: the first of a category is asked first."""
    user, question = _keeper(request), get_object_or_404(Question.objects.select_related("category"), pk=pk)
    actions.move_question(question, up=request.POST.get("to") != "down", acting_user=user)
    return _back(request, question)


def _back(request: HttpRequest, question: Question) -> HttpResponse:
    """The list, with the filters it had, and the question in sight."""
    query = QueryDict(request.POST.get("back", "")[:300], mutable=True)
    query["open"] = "all" if query.get("open") == "all" else question.category.key
    return redirect(f"{reverse('questions')}?{query.urlencode()}#question-{question.pk}")
