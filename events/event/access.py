"""Questions about access: their words, and the answers of one event."""

from dataclasses import dataclass

from events.event.models import Event

# By field: its label, then the sentences for the answers yes, ask and no.
QUESTIONS: dict[str, tuple[str, str, str, str]] = {
    "step_free": (
        "Step-free access",
        "Step-free from the street to the room",
        "Steps on the way: ask us for another way in",
        "Steps on the way to the room",
    ),
    "accessible_toilet": (
        "Accessible toilet",
        "Accessible toilet near the room",
        "Accessible toilet: ask us for the nearest",
        "No accessible toilet",
    ),
    "hearing_loop": (
        "Hearing loop",
        "Hearing loop in the room",
        "Hearing loop, if you ask for it",
        "No hearing loop",
    ),
    "captions": (
        "Live captions",
        "Live captions on the screen",
        "Live captions, if you ask for them",
        "No live captions",
    ),
    "sign_language": (
        "Sign language",
        "British Sign Language interpreters",
        "British Sign Language, if you ask for it",
        "No sign language interpreter",
    ),
    "parking": (
        "Parking",
        "Parking at the venue",
        "Parking: ask us to keep a space",
        "No parking at the venue",
    ),
}
ONLINE = ("captions", "sign_language")
# By answer: its mark and its word, in the order of the page.
MARKS = {"yes": ("yes", "Yes"), "ask": ("check", "Ask"), "no": ("no", "No")}


@dataclass(frozen=True)
class AccessLine:
    mark: str
    word: str
    sentence: str


@dataclass(frozen=True)
class AccessLines:
    """The answered questions, and the names of those that nobody has answered."""

    lines: list[AccessLine]
    not_known: list[str]


def access_of(event: Event) -> AccessLines:
    """The answers of an event; of one online only to the questions about screens."""
    lines, not_known = [], []
    asked = {name: QUESTIONS[name] for name in (ONLINE if event.is_online else QUESTIONS)}
    for name, (label, *_) in asked.items():
        if getattr(event, name) not in MARKS:
            not_known.append(label.lower())
    for number, (answer, (mark, word)) in enumerate(MARKS.items(), start=1):
        lines += [AccessLine(mark, word, q[number]) for name, q in asked.items() if getattr(event, name) == answer]
    return AccessLines(lines, not_known)
