"""What the entries of each kind say by which an officer decides: one table, which form, check and page share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from assets_registry.models import Asset
from core.links import check_page
from core.words import counted
from questions.checking import Answers, Wrong, check
from questions.fields import LINE, in_words
from questions.models import Question

AnswerKind = Question.Kind


@dataclass(frozen=True, kw_only=True)
class Detail:
    """One thing that the entries of a kind say: its key for ever, its label, its hint, and what kind of answer it has.

    `choices` are keys with their words, `most` is the most characters of a text or the highest number.
    """

    key: str
    words: str
    answer: AnswerKind = AnswerKind.TEXT
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    most: int = LINE
    is_address: bool = False

    @property
    def question(self) -> Question:
        """The question that asks for it; it is in no set and never saved."""
        is_number = self.answer == AnswerKind.NUMBER
        return Question(
            key=self.key,
            kind=self.answer,
            words=self.words,
            help=self.hint,
            options=[list(choice) for choice in self.choices],
            unit=self.unit,
            least=0 if is_number else None,
            most=self.most if is_number else None,
        )

    def against(self, value: Any) -> str:
        """What speaks against an answer of the right kind, as a sentence; empty where nothing does."""
        if self.answer in Question.WRITTEN and len(value) > self.most:
            return f"This has {counted(len(value), 'character')}. Use {self.most:,} at most."
        if self.is_address:
            try:
                check_page(value)
            except ValidationError as problem:
                return str(problem.messages[0])
        return ""


@dataclass(frozen=True)
class DetailLine:
    """One thing that an entry says, in words; `address` is where it leads, if it is one."""

    about: str
    words: str
    address: str = ""


def _one(*words: str) -> tuple[tuple[str, str], ...]:
    return tuple((each.lower().replace("’", "").replace(" ", "_").replace(",", ""), each) for each in words)


DETAILS: dict[str, tuple[Detail, ...]] = {
    Asset.Kind.CODE: (
        Detail(
            key="hosting",
            words="How it can be hosted",
            answer=AnswerKind.SEVERAL,
            choices=_one("On the council’s own servers", "In the cloud", "By a supplier, as a service"),
        ),
    ),
    Asset.Kind.STANDARD: (
        Detail(
            key="standing",
            words="How far it is",
            answer=AnswerKind.ONE,
            choices=_one("Draft", "Agreed", "Superseded"),
            hint="Superseded: say by what in the description.",
        ),
        Detail(key="steward", words="Who looks after it", hint="The body that decides on changes.", most=120),
        Detail(
            key="conformance_test",
            words="Test of conformance",
            hint="The address of a test that shows whether a product keeps to it.",
            is_address=True,
        ),
    ),
    Asset.Kind.API: (
        Detail(
            key="specification",
            words="Specification",
            hint="The address of its description, for example as OpenAPI.",
            is_address=True,
        ),
        Detail(
            key="authentication",
            words="How a program proves who it is",
            answer=AnswerKind.ONE,
            choices=_one(
                "Not at all", "With a key", "With OAuth 2 or OpenID Connect", "With a certificate", "Otherwise"
            ),
        ),
        Detail(key="sandbox", words="Place to try it", hint="An address with made-up data.", is_address=True),
        Detail(key="limits", words="Limits of use", hint="Calls a day, agreements to sign. One sentence.", most=200),
    ),
    Asset.Kind.DESIGN_PATTERN: (
        Detail(
            key="tested_with",
            words="How many people it was tested with",
            answer=AnswerKind.NUMBER,
            unit="people",
            most=100_000,
        ),
        Detail(
            key="accessibility_tested",
            words="Tested with people who use assistive technology",
            answer=AnswerKind.YES_NO,
        ),
        Detail(key="works_with", words="Works with", hint="Design systems and browsers it was built for.", most=200),
    ),
    Asset.Kind.RESEARCH: (
        Detail(
            key="method",
            words="How it was done",
            answer=AnswerKind.SEVERAL,
            choices=_one(
                "Interviews", "Usability tests", "Survey", "Observation", "Diary study", "Workshops", "Analysis of data"
            ),
        ),
        Detail(key="participants", words="How many took part", answer=AnswerKind.NUMBER, unit="people", most=1_000_000),
        Detail(key="when", words="When", hint="As in October 2014, or spring 2015.", most=60),
        Detail(
            key="may_be_shared",
            words="May be shared",
            hint="Whether those who took part agreed that other councils read the findings.",
            answer=AnswerKind.YES_NO,
        ),
    ),
    Asset.Kind.BUSINESS_CASE: (
        Detail(
            key="outcome",
            words="What was decided",
            answer=AnswerKind.ONE,
            choices=_one("Approved", "Approved with conditions", "Turned down", "Not decided yet"),
        ),
        Detail(key="payback", words="Pays for itself after", answer=AnswerKind.NUMBER, unit="months", most=600),
        Detail(key="year_of_figures", words="Year of its figures", hint="As in 2014 to 2015.", most=40),
    ),
    Asset.Kind.PROCUREMENT: (
        Detail(
            key="route",
            words="Framework or route",
            hint="As in G-Cloud 6, open procedure, below threshold.",
            most=120,
        ),
        Detail(
            key="value_band",
            words="Value of the contract",
            answer=AnswerKind.ONE,
            choices=(
                ("to_25k", "Under £25,000"),
                ("to_100k", "£25,000 to £100,000"),
                ("to_1m", "£100,000 to £1 million"),
                ("over_1m", "Over £1 million"),
            ),
        ),
        Detail(key="lawyer_checked_on", words="A lawyer last looked at it on", answer=AnswerKind.DATE),
    ),
    Asset.Kind.TRAINING: (
        Detail(key="length", words="How long it takes", hint="As in half a day, or six evenings.", most=60),
        Detail(
            key="training_format",
            words="How it is held",
            answer=AnswerKind.SEVERAL,
            choices=_one("In a room", "Online, with a trainer", "Online, in one’s own time", "On paper"),
        ),
        Detail(
            key="level",
            words="For whom",
            answer=AnswerKind.ONE,
            choices=_one("Everybody", "Those who have some practice", "Specialists"),
        ),
    ),
    Asset.Kind.POLICY: (
        Detail(key="adopted_by", words="Who adopted it", hint="As in cabinet, full council, board.", most=120),
        Detail(key="adopted_on", words="Adopted on", answer=AnswerKind.DATE),
        Detail(key="review_on", words="To be reviewed by", answer=AnswerKind.DATE),
    ),
}


def details_of(kind: str) -> tuple[Detail, ...]:
    return DETAILS.get(kind, ())


def kind_in_words(kind: str) -> str:
    """The kind inside a sentence: policy, user research, API."""
    words = str(Asset.Kind(kind).label)
    return words if kind == Asset.Kind.API else words.lower()


def questions_of(kind: str) -> list[Question]:
    return [detail.question for detail in details_of(kind)]


def wrong_in(kind: str, answers: Mapping[str, Any]) -> dict[str, str]:
    """What speaks against answers of the right kind, each with its sentence by key."""
    given = ((detail, answers[detail.key]) for detail in details_of(kind) if detail.key in answers)
    return {detail.key: sentence for detail, value in given if (sentence := detail.against(value))}


def checked(kind: str, answers: Mapping[str, Any]) -> Answers:
    """The answers as they are kept; raises Wrong for those that the kind does not take."""
    kept = check(questions_of(kind), answers)
    if wrong := wrong_in(kind, kept):
        raise Wrong(wrong)
    return kept


def lines_of(asset: Asset) -> list[DetailLine]:
    """What an entry says of those things that its kind asks for, and where it is demonstrated; nothing empty."""
    said = asset.details if isinstance(asset.details, dict) else {}
    lines = [
        DetailLine(
            detail.words, in_words(detail.question, value := said[detail.key]), value if detail.is_address else ""
        )
        for detail in details_of(asset.kind)
        if said.get(detail.key)
    ]
    address = asset.demonstration_url
    return [*lines, *([DetailLine("Demonstration", address, address)] if address else [])]
