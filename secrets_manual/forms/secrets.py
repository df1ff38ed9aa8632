"""Logging a secret and changing one."""

from typing import Any
from uuid import uuid4

from django import forms

from accounts.models import User
from customers.models import Contact, Customer
from secrets_manual import rules
from secrets_manual.actions import DEFAULT_AUDIENCES, has_consent
from secrets_manual.models import SEALED, Audience, Category, Secret, Sensitivity

TOO_LONG = (
    "That is %(show_value)s characters: a secret is one sentence of at most %(limit_value)s. "
    "Shorten it, or make two of it."
)


READ = "I have read this warning: it is nothing of the kind"


def special_warning(text: str) -> str:
    """What a form says of words that look special; empty when none do."""
    if not (found := rules.special_words(text)):
        return ""
    words = ", ".join(f"“{word}” ({ground})" for ground, word in found.items())
    return (
        f"This looks special: {words}. Health, religion, politics, sex life, ethnicity, union, biometrics and "
        "criminal records are not kept without the customer’s consent. Nothing is recorded yet."
    )


class SecretFields(forms.Form):
    """The fields logging and changing share, and the warning about special words."""

    text = forms.CharField(
        label="What did you learn?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "data-draft": "secret"}),
        error_messages={
            "required": "Write down what you learned, in one sentence.",
            "max_length": TOO_LONG,
        },
    )
    category = forms.ModelChoiceField(
        Category.objects.offered(), required=False, empty_label="from the words", to_field_name="key"
    )
    sensitivity = forms.ChoiceField(choices=[("", "as the category says"), *Sensitivity.choices], required=False)
    audiences = forms.MultipleChoiceField(
        label="Who may use it",
        choices=Audience,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked: as the sensitivity suggests.",
    )
    never_aloud = forms.BooleanField(label="Never mention it aloud", required=False)
    not_special = forms.BooleanField(label=READ, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, customer: Customer | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.customer = customer
        self.person: Contact | None = None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        text = data.get("text", "")
        if text and not data.get("category"):
            data["category"] = Category.objects.offered().filter(key=rules.propose_category(text)).first()
            if data["category"] is None:
                self.add_error("category", "The words do not give the category away. Choose one.")
        self._fill_in(data)
        self._warn_of_special(data, text)
        return data

    def _fill_in(self, data: dict[str, Any]) -> None:
        category = data.get("category")
        if not data.get("sensitivity"):
            quiet = category is not None and category.confidential_by_default
            data["sensitivity"] = Sensitivity.CONFIDENTIAL if quiet else Sensitivity.RELATIONSHIP
        if not data.get("audiences"):
            data["audiences"] = DEFAULT_AUDIENCES[Sensitivity(data["sensitivity"])]

    def _person(self, data: dict[str, Any]) -> Contact | None:
        """Whose consent a special secret takes; a form sent without the field leaves the contact as it is."""
        return data.get("contact") if "contact" in self.data else self.person

    def _warn_of_special(self, data: dict[str, Any], text: str) -> None:
        consent = self.customer is not None and has_consent(self.customer, self._person(data))
        if data["sensitivity"] == Sensitivity.SPECIAL:
            if not consent:
                self.add_error("sensitivity", "Special secrets are kept only with the customer’s recorded consent.")
            return
        if not data.get("not_special") and (warning := special_warning(text)):
            self.fields["not_special"].widget = forms.CheckboxInput()
            self.add_error("not_special", warning)


class LogSecretForm(SecretFields):
    """One field first; the rest is optional and can come later."""

    contact = forms.ModelChoiceField(Contact.objects.none(), required=False, empty_label="the customer as a whole")
    how_learned = forms.ChoiceField(
        label="How learned", choices=Secret.HowLearned, required=False, initial=Secret.HowLearned.TOLD
    )
    confidence = forms.TypedChoiceField(
        choices=Secret.Confidence, coerce=int, required=False, initial=Secret.Confidence.MEDIUM
    )
    question = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    capture_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    reason = forms.CharField(
        label="Why less confidential than usual", max_length=300, required=False, help_text="The customer’s owner only."
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        contact = self.fields["contact"]
        assert isinstance(contact, forms.ModelChoiceField)
        offered = Category.objects.offered()
        self.fields["category"].queryset = offered  # type: ignore[attr-defined]
        quiet = offered.filter(confidential_by_default=True).values_list("key", flat=True)
        self.fields["category"].widget.attrs["data-quiet"] = " ".join(quiet)
        if self.customer:
            contact.queryset = self.customer.contacts.filter(removed_at=None)
        if self.initial.get("question"):
            self.fields["text"].label = self.initial["question"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        category = data.get("category")
        quiet = category is not None and category.confidential_by_default
        owner_id = self.customer.owner_id if self.customer else None
        if not quiet or data["sensitivity"] in SEALED:
            data["reason"] = ""
        elif not rules.may_lower_sensitivity(user_id=self.user.pk, owner_id=owner_id, reason=data.get("reason", "")):
            self.add_error("reason", "This kind is confidential. Only the owner keeps it less so, and says why.")
        return data

    def secret_fields(self) -> dict[str, Any]:
        """What ``log_secret`` takes; fields left empty are left to its defaults."""
        names = ("category", "text", "sensitivity", "audiences", "contact", "question", "never_aloud", "reason")
        given = {name: self.cleaned_data[name] for name in names}
        optional = {name: self.cleaned_data[name] for name in ("how_learned", "confidence") if self.cleaned_data[name]}
        return given | optional
