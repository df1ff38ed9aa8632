"""The filters of the lists."""

from django import forms

from customers.models import Customer


class CustomerFilter(forms.Form):
    """The list's filters, all in the address."""

    WHOSE = [("", "All I see"), ("mine", "Mine"), ("team", "My team's"), ("none", "Without an owner")]
    SORTS = {
        "name": ("name", "pk"),
        "-name": ("-name", "-pk"),
        "city": ("city", "name", "pk"),
        "-made": ("-made_at", "-pk"),
    }

    q = forms.CharField(label="Name, contact, address or number", required=False, max_length=100)
    whose = forms.ChoiceField(label="Whose", choices=WHOSE, required=False)
    tier = forms.ChoiceField(label="Tier", choices=[("", "Every tier"), *Customer.Tier.choices], required=False)
    owner = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
