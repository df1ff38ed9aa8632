"""The form of a merge: which of the two words stays, field by field, and who is the same person."""

from typing import Any

from django import forms

from customers.actions.merging import FIELDS
from customers.models import Contact, Customer
from customers.rules.days import MONTHS

# A customer with more people than this is merged without standing in for one another.
MOST_PEOPLE = 60
NOBODY = ""


class MergeForm(forms.Form):
    """Only what differs is asked; an empty field takes the other's word unless one says otherwise."""

    reason = forms.CharField(
        max_length=300, required=False, help_text="Needed where somebody would no longer be asked for a rating."
    )

    def __init__(self, *args: Any, kept: Customer, gone: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = [name for name in FIELDS if getattr(kept, name) != getattr(gone, name)]
        for name in self.words:
            self.fields[f"take_{name}"] = self._choice(kept, gone, name)
        people = gone.contacts.filter(removed_at=None).prefetch_related("occasions").order_by("name", "pk")
        self.people = list(people[:MOST_PEOPLE])
        here = list(kept.contacts.filter(removed_at=None).order_by("name", "pk")[:MOST_PEOPLE])
        for one in self.people:
            self.fields[f"person_{one.pk}"] = forms.TypedChoiceField(
                label=one.name,
                coerce=int,
                empty_value=None,
                required=False,
                choices=[
                    (NOBODY, "Somebody else: keep both"),
                    *((other.pk, f"The same as {told(other)}") for other in here),
                ],
                initial=likely(one, here),
                help_text=_help(one),
            )

    @staticmethod
    def _choice(kept: Customer, gone: Customer, name: str) -> forms.ChoiceField:
        said = {one: getattr(one, f"get_{name}_display", lambda one=one: getattr(one, name))() for one in (kept, gone)}
        return forms.ChoiceField(
            label=name.replace("_", " ").capitalize(),
            choices=[("kept", said[kept] or "(nothing)"), ("gone", said[gone] or "(nothing)")],
            initial="kept" if getattr(kept, name) else "gone",
            widget=forms.RadioSelect,
            required=False,
        )

    @property
    def taken(self) -> list[str]:
        """The fields whose word comes from the one not kept."""
        return [name for name in self.words if self.cleaned_data.get(f"take_{name}") == "gone"]

    @property
    def stand_ins(self) -> dict[int, int]:
        """Contacts of the one not kept, each with the same person at the one kept."""
        chosen = {one.pk: self.cleaned_data.get(f"person_{one.pk}") for one in self.people}
        return {pk: other for pk, other in chosen.items() if other}

    @property
    def word_fields(self) -> list[Any]:
        """The fields that ask whose word stays."""
        return [self[f"take_{name}"] for name in self.words]

    @property
    def person_fields(self) -> list[Any]:
        """The fields that ask who is the same person."""
        return [self[f"person_{one.pk}"] for one in self.people]


def told(contact: Contact) -> str:
    """A name with what tells people of one name apart."""
    return " · ".join(filter(None, [contact.name, contact.email, contact.phone]))


def _help(contact: Contact) -> str:
    words = [told(contact)] if contact.email or contact.phone else []
    for day in contact.occasions.all():
        if day.kind == day.Kind.BIRTHDAY:
            born = f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year or ''}".strip()
            words.append(f"birthday {born}; of two birthdays, that of the person kept stays")
    return " · ".join(words)


def likely(contact: Contact, others: list[Contact]) -> int | None:
    """The one with the same address, or the same name; none when nobody is."""
    for other in others:
        if contact.email and contact.email.lower() == other.email.lower():
            return other.pk
    same = [other.pk for other in others if other.name.casefold() == contact.name.casefold()]
    return same[0] if same else None
