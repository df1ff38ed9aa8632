"""What people type about customers, checked; actions save it."""

from customers.forms.contacts import KNOWN_AS, ContactForm, RelationForm
from customers.forms.customers import AddCustomerForm, CustomerForm, whose
from customers.forms.dealings import InteractionForm, LogLineForm
from customers.forms.imports import ImportForm
from customers.forms.inputs import day_input
from customers.forms.lists import CustomerFilter
from customers.forms.misfits import MisfitFilter, MisfitForm, MisfitOutcomeForm
from customers.forms.ownership import HandOverForm
from customers.forms.promises import OutcomeForm, PromiseFilter, PromiseForm, WhyForm
from customers.forms.sales import SaleForm

__all__ = [
    "KNOWN_AS",
    "AddCustomerForm",
    "ContactForm",
    "CustomerFilter",
    "CustomerForm",
    "HandOverForm",
    "ImportForm",
    "InteractionForm",
    "LogLineForm",
    "MisfitFilter",
    "MisfitForm",
    "MisfitOutcomeForm",
    "OutcomeForm",
    "PromiseFilter",
    "PromiseForm",
    "RelationForm",
    "SaleForm",
    "WhyForm",
    "day_input",
    "whose",
]
