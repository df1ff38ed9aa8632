"""What was heard, who is at the table, and how a conversation ended."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from customers.forms.inputs import day_input
from customers.models import Interaction
from secrets_manual import rules
from secrets_manual.actions import has_consent
from secrets_manual.forms.secrets import READ, TOO_LONG, LogSecretForm, SecretFields, special_warning
from secrets_manual.models import Answer, Category, Conversation, Question, Secret


class SkipForm(forms.Form):
    """Which question it is about. What is gone meanwhile is no reason to refuse what was heard."""

    key = forms.UUIDField()
    question = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    about = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    asked = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, conversation: Conversation, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conversation, self.user = conversation, user

    def clean_question(self) -> Question | None:
        pk = self.cleaned_data["question"]
        return Question.objects.select_related("category").filter(pk=pk).first() if pk else None

    def clean_about(self) -> Secret | None:
        pk, customer = self.cleaned_data["about"], self.conversation.customer
        if not pk:
            return None
        readable = Secret.objects.visible_to(self.user, at=timezone.now()).filter(customer=customer)
        return readable.select_related("category").filter(pk=pk).first()

    def asked_fields(self) -> dict[str, Any]:
        """The key and the question, as the actions take them."""
        return {name: self.cleaned_data[name] for name in ("key", "question", "about")}


class AnswerForm(SkipForm):
    """What was heard, to the question on the page or to one's own."""

    text = forms.CharField(
        max_length=500,
        error_messages={"required": "Write down what you heard, or skip the question.", "max_length": TOO_LONG},
    )
    own = forms.CharField(required=False, max_length=200)
    category = forms.ModelChoiceField(Category.objects.offered(), required=False, to_field_name="key")
    not_special = forms.BooleanField(label=READ, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("own") and not data.get("question") and not data.get("about"):
            data["own"] = data.get("asked")
            if not data["own"]:
                self.add_error("own", "Ask something first: one of ours, or in your own words.")
        if data.get("own") and not data.get("category"):
            guess = rules.propose_category(f"{data['own']} {data.get('text', '')}")
            data["category"] = Category.objects.offered().filter(key=guess).first()
        warning = special_warning(f"{data.get('own') or ''}. {data.get('text', '')}")
        talk = self.conversation
        if warning and not data.get("not_special") and not has_consent(talk.customer, talk.contact):
            self.add_error("not_special", warning)
        return data

    def answer_fields(self) -> dict[str, Any]:
        """What ``record_answer`` takes."""
        return self.asked_fields() | {name: self.cleaned_data[name] for name in ("text", "own", "category")}


class AnswerSecretForm(LogSecretForm):
    """An answer as a secret: what is not sent comes from the answer and its question."""

    def __init__(self, data: Any, *, answer: Answer, user: User) -> None:
        category = answer.category
        is_person = category is None or category.kind == Category.Kind.PERSON
        known = {
            "text": answer.text,
            "category": category.key if category and category.is_active else "",
            "contact": answer.conversation.contact_id if is_person else "",
        }
        given = {name: data[name] for name in ("text", "category", "not_special") if name in data}
        super().__init__(known | given, customer=answer.conversation.customer, user=user)


class RewriteForm(SecretFields):
    """An answer as the new words of the secret it was asked of."""

    def __init__(self, data: Any, *, answer: Answer, secret: Secret) -> None:
        kept = {"category": secret.category.key, "sensitivity": secret.sensitivity, "audiences": secret.audiences}
        given = {name: data[name] for name in ("text", "not_special") if name in data}
        super().__init__({"text": answer.text} | kept | given, customer=answer.conversation.customer)
        category = self.fields["category"]
        assert isinstance(category, forms.ModelChoiceField)
        category.queryset = Category.objects.filter(pk=secret.category_id)


class EndConversationForm(forms.Form):
    """How it was, and what was promised."""

    kind = forms.ChoiceField(
        label="It was a", choices=Interaction.Kind, initial=Interaction.Kind.VISIT, widget=forms.RadioSelect
    )
    on = forms.DateField(label="When", widget=day_input())
    note = forms.CharField(
        label="In one line",
        max_length=300,
        required=False,
        help_text="Everybody who sees this customer reads it. Secrets belong into the manual.",
    )
    promise = forms.CharField(label="Did you promise something?", max_length=200, required=False)
    due_on = forms.DateField(label="By when?", required=False, widget=day_input())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError("That day is still to come.")
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("promise") and not data.get("due_on"):
            self.add_error("due_on", "By when? A promise without a day is soon forgotten.")
        if data.get("due_on") and not data.get("promise"):
            self.add_error("promise", "What did you promise for that day?")
        return data

    def interaction(self) -> dict[str, Any]:
        """What ``log_interaction`` takes."""
        return {name: self.cleaned_data[name] for name in ("kind", "on", "note")}

    def promised(self) -> dict[str, Any] | None:
        """What ``add_promise`` takes, if anything was promised."""
        data = self.cleaned_data
        return {"text": data["promise"], "due_on": data["due_on"]} if data["promise"] else None
