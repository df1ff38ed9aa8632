"""What people type about customers, checked; actions save it."""

from customers.forms.contacts import ContactForm
from customers.forms.customers import AddCustomerForm, CustomerForm, whose
from customers.forms.dealings import InteractionForm, PromiseForm
from customers.forms.imports import ImportForm
from customers.forms.inputs import day_input
from customers.forms.lists import CustomerFilter
from customers.forms.ownership import HandOverForm
from customers.forms.sales import SaleForm

__all__ = [
    "AddCustomerForm",
    "ContactForm",
    "CustomerFilter",
    "CustomerForm",
    "HandOverForm",
    "ImportForm",
    "InteractionForm",
    "PromiseForm",
    "SaleForm",
    "day_input",
    "whose",
]
