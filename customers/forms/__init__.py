"""What people type about customers, checked; actions save it."""

from customers.forms.contacts import ContactForm
from customers.forms.customers import AddCustomerForm, CustomerForm, whose
from customers.forms.dealings import InteractionForm, LogLineForm
from customers.forms.imports import ImportForm
from customers.forms.inputs import day_input
from customers.forms.lists import CustomerFilter
from customers.forms.ownership import HandOverForm
from customers.forms.promises import OutcomeForm, PromiseFilter, PromiseForm, WhyForm
from customers.forms.sales import SaleForm

__all__ = [
    "AddCustomerForm",
    "ContactForm",
    "CustomerFilter",
    "CustomerForm",
    "HandOverForm",
    "ImportForm",
    "InteractionForm",
    "LogLineForm",
    "OutcomeForm",
    "PromiseFilter",
    "PromiseForm",
    "SaleForm",
    "WhyForm",
    "day_input",
    "whose",
]
