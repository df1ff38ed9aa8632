"""The people at a customer, typed."""

from django import forms

from customers.models import Contact


class ContactForm(forms.ModelForm[Contact]):
    class Meta:
        model = Contact
        fields = ["name", "title", "email", "phone", "language", "is_asked"]
