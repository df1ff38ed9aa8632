"""The people at a customer, typed."""

from typing import Any

from django import forms

from customers.actions.contacts import silent_exit
from customers.forms.rows import occasion_rows, point_rows
from customers.forms.seen import SeenForm
from customers.models import Contact, ContactQuerySet, Occasion
from customers.queries.seen import CONTACT
from customers.rules.numbers import phone_refusal

KNOWN_AS = [
    "assistant of", "reports to", "boss of", "colleague of", "former colleague of", "married to", "partner of",
    "parent of", "child of", "sibling of", "friend of", "neighbour of", "introduced by",
]  # fmt: skip


class ContactForm(SeenForm):
    """A person with further addresses, numbers and days as rows below."""

    ROWS = ("points", "occasions")

    class Meta:
        model = Contact
        fields = ["name", "title", "email", "phone", "how_met", "language", "is_asked", "left_out_reason"]
        labels = {"email": "E-mail", "title": "What they do"}
        help_texts = {
            "email": "The address that is asked for ratings; further ones below are only kept.",
            "is_asked": "Taking somebody out needs a reason, and somebody else decides on it.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = kwargs.get("now") or {}
        self.was_asked = self.instance.is_asked
        ids = list(self.instance.occasions.order_by("id").values_list("pk", flat=True)) if self.instance.pk else []
        data = self.data if self.is_bound else None
        self.points = point_rows(data, now.get("points", []))
        self.occasions = occasion_rows(data, now.get("occasions", []), ids)

    def is_valid(self) -> bool:
        rows = [rows.is_valid() for rows in (self.points, self.occasions) if rows.is_bound]
        return super().is_valid() and all(rows)

    @property
    def told(self) -> dict[str, Any]:
        """What the action needs; rows that were not on the page stay as they are."""
        rows = {"points": self.points, "occasions": self.occasions}
        sent = {name: formset.typed() for name, formset in rows.items() if formset.is_bound}
        return {name: self.cleaned_data[name] for name in (*CONTACT, "left_out_reason")} | sent

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and phone != self.instance.phone and (refused := phone_refusal(phone)):
            raise forms.ValidationError(refused)
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first = {(cleaned.get("email") or "").lower(), (cleaned.get("phone") or "").lower()} - {""}
        typed = [row["value"] for row in self.points.typed()] if self.points.is_bound and self.points.is_valid() else []
        if twice := next((value for value in typed if value.lower() in first), None):
            self.add_error(None, f"{twice} stands above already. Remove it from the rows below.")
        if "email" in cleaned and (refused := silent_exit(self.instance, cleaned["email"])):
            self.add_error("email", refused)
        if self.was_asked and not cleaned.get("is_asked") and not cleaned.get("left_out_reason"):
            self.add_error("left_out_reason", "Say why they should not be asked for ratings.")
        return cleaned

    def meet_rows(self, name: str, before: Any, theirs: Any) -> None:
        rows = getattr(self, name)
        if not rows.is_bound or rows.as_seen() == before:
            fresh = point_rows(None, theirs) if name == "points" else occasion_rows(None, theirs, self._ids())
            setattr(self, name, fresh)
            words = "Changed meanwhile by somebody else; this is what they wrote."
            fresh.told = words
        elif rows.as_seen() != theirs:
            rows.told = f"Somebody else made this “{_listed(theirs)}” meanwhile. Save again to keep yours."

    def _ids(self) -> list[int]:
        return list(Occasion.objects.filter(contact=self.instance.pk).order_by("id").values_list("pk", flat=True))


def _listed(rows: list[list[Any]]) -> str:
    return "; ".join(" ".join(str(cell) for cell in row if cell not in {"", None}) for row in rows) or "nothing"


class PersonField(forms.ModelChoiceField[Contact]):
    """People to choose from, each with what they do and where."""

    def label_from_instance(self, obj: Contact) -> str:
        return ", ".join(filter(None, [obj.name, obj.title, obj.customer.name]))


class RelationForm(forms.Form):
    """How one person knows another, of ``people``."""

    other = PersonField(Contact.objects.none(), label="Whom?", widget=forms.RadioSelect, empty_label=None)
    kind = forms.CharField(
        label="How do they know each other?",
        max_length=60,
        widget=forms.TextInput(attrs={"list": "known-as", "placeholder": "assistant of"}),
    )

    def __init__(self, *args: Any, people: ContactQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        if isinstance(field, PersonField):
            field.queryset = people

    def clean_kind(self) -> str:
        return " ".join(self.cleaned_data["kind"].split())
