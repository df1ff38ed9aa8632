"""What compensation types."""

from compensation.forms.fields import DayInput, amount_field
from compensation.forms.members import AddMemberForm, QuotaForm
from compensation.forms.plans import AddPlanForm

__all__ = [
    "AddMemberForm",
    "AddPlanForm",
    "DayInput",
    "QuotaForm",
    "amount_field",
]
