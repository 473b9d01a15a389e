"""Forms for the gallery and the tests: every kind of field, empty and with errors."""

from django import forms

from core.forms import LineField, NumberField, TextField
from design_system.fields import OnlyIf
from design_system.forms import DateField, DateTimeField
from design_system.groups import MatrixField, RankingField


class EveryField(forms.Form):
    """One field of each pattern."""

    title = LineField(label="What is the need?", help_text="One line, as a resident would say it.", max_length=120)
    email = forms.EmailField(label="Your work e-mail")
    story = TextField(label="Who is it for, and what happens today?", most_words=300)
    cost = forms.IntegerField(label="What does the problem cost a year?", required=False, help_text="In whole pounds.")
    service = forms.ChoiceField(
        label="Service", choices=[("", "Choose a service"), ("57", "Council tax"), ("533", "Recycling")]
    )
    role = forms.ChoiceField(
        label="How do you take part?",
        choices=[("design", "Design it with others"), ("test", "Test it"), ("follow", "Follow it")],
        widget=forms.RadioSelect,
    )
    kinds = forms.MultipleChoiceField(
        label="Which councils is it for?",
        choices=[("district", "Districts"), ("county", "Counties"), ("unitary", "Unitaries")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    since = DateField(label="Since when?", help_text="For example, 31 3 2014.")
    meeting = DateTimeField(label="When shall we meet?", required=False)
    document = forms.FileField(label="Evidence", required=False)
    may_list = forms.BooleanField(label="List my council's name", required=False)
    barriers = MatrixField(
        label="What holds your council back?",
        help_text="Leave out what you cannot say.",
        rows=[
            ("legacy", "Legacy systems and ICT infrastructure"),
            ("funds", "Lack of development funds"),
            ("skills", "Lack of in-house digital skills"),
        ],
        scale=[
            ("strongly-agree", "Strongly agree"),
            ("agree", "Agree"),
            ("neither", "Neither"),
            ("disagree", "Disagree"),
            ("strongly-disagree", "Strongly disagree"),
        ],
        required=False,
    )
    priorities = RankingField(
        label="Your three priorities", choices=[("cost", "Saving money"), ("self", "Self-service")], required=False
    )
    has_saved = forms.ChoiceField(
        label="Has going digital saved money?",
        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Don’t know")],
        widget=forms.RadioSelect,
        required=False,
    )
    saved = NumberField(label="How much, in the last year?", unit="£", required=False)
    saved.only_if = OnlyIf("has_saved", ("yes",), "Only if you answered “Yes” to “Has going digital saved money?”")


class Filters(forms.Form):
    """A GET filter."""

    words = LineField(label="Words", required=False, max_length=80)
    tier = forms.ChoiceField(
        label="Kind of council", required=False, choices=[("", "Any"), ("district", "District"), ("county", "County")]
    )
