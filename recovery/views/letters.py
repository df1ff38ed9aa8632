"""The letters: looked at before they leave, sent, kept, printed; and the templates they begin with."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from recovery import actions, queries, rules
from recovery.forms import ApologyForm, TemplateForm
from recovery.models import ApologyTemplate, Case
from recovery.paper import letter_pdf as paper
from recovery.views.common import act, case_page, case_to_tick, keep_words, seen_case
from recovery.views.gestures import keeper


@login_required
@require_POST
def apologise_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the letter, or note that it is printed."""
    found = case_to_tick(request, pk)
    keep_words(request, found)
    form = ApologyForm(request.POST, customer=found.customer)
    if not form.is_valid():
        return case_page(request, found, apology=form)
    printed = form.cleaned_data["how"] == Case.Sent.PRINTED
    said = "The letter is ready to print." if printed else "The apology is on its way."
    answer = act(request, found, partial(actions.apologise_case, **form.cleaned_data), said)
    return redirect("apology", pk=pk) if printed else answer


@login_required
@require_POST
def preview_apology(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as the customer will see it, as a mail and on paper; nothing is sent."""
    found = case_to_tick(request, pk)
    keep_words(request, found)
    form = ApologyForm(request.POST, customer=found.customer)
    if not form.is_valid():
        return case_page(request, found, apology=form)
    said = form.cleaned_data
    template = queries.template_of(found.root_cause, queries.language_of(said["contact"]))
    shown = {"case": found, **said, "template": template, "subject": said["subject"] or template.subject}
    return render(request, "recovery/preview_apology.html", shown)


@login_required
@require_POST
def draft_apology(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the letter anew for the chosen reader, in their language, from the template; nothing is sent."""
    found = case_to_tick(request, pk)
    keep_words(request, found)
    reader = queries.addressees(found.customer).filter(pk=_number(request.POST.get("contact", ""))).first()
    text = queries.letter(found, reader, firm=request.firm.name)  # type: ignore[attr-defined]
    actions.keep_drafts(found, surprise=found.surprise, apology=text)
    messages.success(request, f"Drafted anew for {reader.name}." if reader else "Drafted anew.")
    return redirect(f"{found.get_absolute_url()}{f'?contact={reader.pk}' if reader else ''}#apology")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


@login_required
def write_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Another letter: to another address, or in other words."""
    found = case_to_tick(request, pk)
    sent = queries.letters_of(found)
    if not sent:
        raise Http404
    initial = {"apology": sent[-1].letter.text, "subject": sent[-1].letter.subject, "how": Case.Sent.MAIL}
    form = ApologyForm(request.POST or None, customer=found.customer, initial=initial)
    if form.is_valid():
        return act(request, found, partial(actions.write_again, **form.cleaned_data), "Another letter has left.")
    shown = {"case": found, "form": form, "sent": sent}
    return render(request, "recovery/write_again.html", shown, status=422 if form.is_bound else 200)


@login_required
def apology(request: HttpRequest, pk: int) -> HttpResponse:
    """The last letter as it left, to be printed, and the ones before."""
    found = seen_case(request, pk)
    sent = queries.letters_of(found)
    wanted = _number(request.GET.get("letter", ""))
    chosen = next((one for one in sent if one.letter.pk == wanted), sent[-1] if sent else None)
    return render(request, "recovery/apology.html", {"case": found, "sent": sent, "chosen": chosen})


@login_required
def letter_pdf(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """A letter on A4."""
    found = get_object_or_404(seen_case(request, pk).letters, pk=letter)
    name = f"letter-{pk}-{letter}.pdf"
    made = paper(found, firm=request.firm)  # type: ignore[attr-defined]
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@login_required
def apology_templates(request: HttpRequest) -> HttpResponse:
    """The letters by failure and language."""
    keeper(request)
    return render(request, "recovery/apology_templates.html", {"templates": queries.templates()})


@login_required
def change_template(request: HttpRequest, cause: str, language: str) -> HttpResponse:
    """A new version of a letter; the versions before it below."""
    user, template = keeper(request), _template(cause, language)
    form = TemplateForm(request.POST or None, initial=_words(template))
    if form.is_valid():
        try:
            given = {"cause": cause, "language": language, **form.cleaned_data}
            actions.change_template(**given, acting_user=user, at=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "From now on letters begin with this. What was sent stays as it was.")
            return redirect("apology_templates")
    return _template_page(request, template, form)


@login_required
@require_POST
def preview_template(request: HttpRequest, cause: str, language: str) -> HttpResponse:
    """What is typed, as a letter; nothing is kept."""
    keeper(request)
    return _template_page(request, _template(cause, language), TemplateForm(request.POST))


def _template(cause: str, language: str) -> queries.Template:
    if cause not in Case.RootCause.values or language not in rules.LETTERS:
        raise Http404
    return queries.template_of(cause, language)


def _words(template: queries.Template) -> dict[str, object]:
    return {"subject": template.subject, "text": template.text, "seen": template.version}


def _template_page(request: HttpRequest, template: queries.Template, form: TemplateForm) -> HttpResponse:
    text = form.cleaned_data["text"] if form.is_bound and form.is_valid() else template.text
    mine = ApologyTemplate.objects.filter(root_cause=template.root_cause, language=template.language)
    shown = {
        "form": form,
        "template": template,
        "preview": queries.sample(template, text, firm=request.firm.name),  # type: ignore[attr-defined]
        "versions": mine.select_related("made_by").order_by("-version"),
    }
    return render(request, "recovery/change_template.html", shown, status=422 if form.errors else 200)
