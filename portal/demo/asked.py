"""What a day of today asks at sign-up, and what those who come answered."""

from typing import Any

from events.asking.operations import ask_at_sign_up, switch_built_in
from events.models import Event
from portal.demo.people import person
from questions.models import Question

# By the councils of those who come, in their order; the last has left out what they could.
ANSWERS: tuple[dict[str, Any], ...] = (
    {
        "handles-them": "yes",
        "a-week": "140",
        "how-it-goes": {"who-qualifies": "well", "proof": "badly", "posting": "in-part"},
    },
    {"handles-them": "no", "how-it-goes": {"who-qualifies": "in-part", "proof": "badly"}},
    {
        "handles-them": "yes",
        "a-week": "310",
        "how-it-goes": {"who-qualifies": "in-part", "proof": "in-part", "posting": "well"},
    },
    {"handles-them": "unknown"},
)
DIETS = ("", "Meat", "", "Nuts: an allergy")


def ask(event: Event) -> None:
    """Ask the three questions of the day, and what people do not eat."""
    by = person("facilitator")
    kind = Question.Kind
    switch_built_in(event, by=by, name="asks_diet", is_asked=True)
    ask_at_sign_up(
        event,
        by=by,
        key="handles-them",
        kind=kind.YES_NO,
        words="Do you handle blue badge applications yourself?",
        help="We put one person who does at every table.",
        kept_days=30,
    )
    ask_at_sign_up(
        event,
        by=by,
        key="a-week",
        kind=kind.NUMBER,
        words="About how many a week?",
        unit="applications",
        least=0,
        most=10_000,
        shown_if="handles-them",
        shown_if_values=["yes"],
        kept_days=30,
    )
    ask_at_sign_up(
        event,
        by=by,
        key="how-it-goes",
        kind=kind.MATRIX,
        words="How do these go at your council?",
        help="Leave out what you cannot say.",
        rows=[
            ("who-qualifies", "Finding out who qualifies"),
            ("proof", "Getting proof from a department"),
            ("posting", "Sending the badge"),
        ],
        scale=[("well", "Well"), ("in-part", "In part"), ("badly", "Badly")],
        kept_days=30,
    )
