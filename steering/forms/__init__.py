"""Forms of the secretariat."""

from steering.forms.assessments import AssessmentForm
from steering.forms.decisions import ConditionsForm, DecisionForm, ImplementationForm, ReviewForm
from steering.forms.meetings import MeetingForm
from steering.forms.motions import ConcludeForm, MotionForm
from steering.forms.roster import EndSeatForm, RepresentativeForm, SeatForm
from steering.forms.views import ViewNameForm

__all__ = [
    "AssessmentForm",
    "ConcludeForm",
    "ConditionsForm",
    "DecisionForm",
    "EndSeatForm",
    "ImplementationForm",
    "MeetingForm",
    "MotionForm",
    "RepresentativeForm",
    "ReviewForm",
    "SeatForm",
    "ViewNameForm",
]
