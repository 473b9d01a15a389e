"""Forms of the secretariat."""

from steering.forms.decisions import DecisionForm, ReviewForm
from steering.forms.meetings import MeetingForm
from steering.forms.motions import ConcludeForm, MotionForm
from steering.forms.roster import RepresentativeForm

__all__ = ["ConcludeForm", "DecisionForm", "MeetingForm", "MotionForm", "RepresentativeForm", "ReviewForm"]
