"""What people type about customers, checked; actions save it."""

from customers.forms.contacts import KNOWN_AS, ContactForm, RelationForm
from customers.forms.customers import AddCustomerForm, CustomerForm, whose
from customers.forms.dealings import InteractionForm, LogLineForm
from customers.forms.imports import ColumnsForm, ImportForm, StartForm, fixes
from customers.forms.inputs import day_input
from customers.forms.lists import CustomerFilter
from customers.forms.misfits import MisfitFilter, MisfitForm, MisfitOutcomeForm
from customers.forms.ownership import HandOverForm
from customers.forms.promises import OutcomeForm, PromiseFilter, PromiseForm, WhyForm
from customers.forms.sales import ReverseSaleForm, SaleForm
from customers.forms.tags import DeleteTagForm, MergeTagForm, RenameViewForm, TagForm, ViewForm

__all__ = [
    "KNOWN_AS",
    "AddCustomerForm",
    "ColumnsForm",
    "ContactForm",
    "CustomerFilter",
    "CustomerForm",
    "DeleteTagForm",
    "HandOverForm",
    "ImportForm",
    "InteractionForm",
    "LogLineForm",
    "MergeTagForm",
    "MisfitFilter",
    "MisfitForm",
    "MisfitOutcomeForm",
    "OutcomeForm",
    "PromiseFilter",
    "PromiseForm",
    "RelationForm",
    "RenameViewForm",
    "ReverseSaleForm",
    "SaleForm",
    "StartForm",
    "TagForm",
    "ViewForm",
    "WhyForm",
    "day_input",
    "fixes",
    "whose",
]
