"""What compensation types."""

from compensation.forms.credits import CreditsForm
from compensation.forms.fields import DayInput, amount_field
from compensation.forms.leave import LeaveForm
from compensation.forms.members import AddMemberForm, QuotaForm
from compensation.forms.plans import AddPlanForm
from compensation.forms.simulator import SimulatorForm

__all__ = [
    "AddMemberForm",
    "AddPlanForm",
    "CreditsForm",
    "DayInput",
    "LeaveForm",
    "QuotaForm",
    "SimulatorForm",
    "amount_field",
]
