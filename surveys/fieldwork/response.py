"""Who has answered, by type of council: known while a wave runs, and kept with it once it has closed."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from core.figures import Figure, Share
from core.words import counted
from councils.queries import counts_by_kind
from surveys.fieldwork.bodies import BodiesOnDay
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.fieldwork.queries import counts_by_state
from surveys.waves.models import ENGLISH_TYPES, KINDS_OF_TYPE, CouncilType, TypeResponse

# What one council of a type is called, and several.
NOUNS: dict[str, tuple[str, str]] = {
    CouncilType.COUNTIES: ("county", "counties"),
    CouncilType.DISTRICTS: ("district", "districts"),
    CouncilType.UNITARIES: ("unitary", "unitaries"),
    CouncilType.LONDON: ("London borough", "London boroughs"),
    CouncilType.METROPOLITAN: ("metropolitan district", "metropolitan districts"),
    CouncilType.SCOTTISH: ("Scottish council", "Scottish councils"),
    CouncilType.WELSH: ("Welsh council", "Welsh councils"),
    CouncilType.NORTHERN_IRISH: ("Northern Irish council", "Northern Irish councils"),
}


@dataclass(frozen=True)
class ResponseSoFar:
    """How many councils of a type have answered, of those in the directory on the closing day."""

    words: str
    councils: int
    answered: int
    target_percent: int
    council_type: str = ""

    @property
    def share(self) -> Share:
        """In whole per cent."""
        return Share(self.answered, self.councils, places=0)

    @property
    def missing(self) -> int:
        """How many more have to answer to reach the target."""
        needed = -(-self.councils * self.target_percent // 100)  # rounded up
        return max(0, needed - self.answered)

    @property
    def target_words(self) -> str:
        """How far it is to the target: “23 more districts to reach 30%”."""
        if not self.councils:
            return "None in the directory"
        target = Figure(self.target_percent, unit="%").with_unit
        if not self.missing:
            return f"{target} reached"
        one, many = NOUNS.get(self.council_type, ("council", "councils"))
        return f"{counted(self.missing, f'more {one}', f'more {many}')} to reach {target}"


def other_bodies_in_words(number: int) -> str:
    """“Beside them, 3 organisations that are no council on that day have answered.”; nothing where there was none."""
    if not number:
        return ""
    verbs = ("is no council on that day has", "are no council on that day have")[number > 1]
    return f"Beside them, {counted(number, 'organisation')} that {verbs} answered."


@dataclass(frozen=True)
class WaveResponse:
    """The response of a wave: each type, England and the United Kingdom, and bodies that are no councils."""

    by_type: list[ResponseSoFar]
    england: ResponseSoFar
    kingdom: ResponseSoFar
    others: int  # organisations that have answered and are no council, or none any more on the closing day
    people: int

    @property
    def lines(self) -> list[ResponseSoFar]:
        """In the order of the report of 2014: English types, England, the other nations, the United Kingdom."""
        english = [each for each in self.by_type if each.council_type in ENGLISH_TYPES]
        return [*english, self.england, *self.by_type[len(english) :], self.kingdom]


def closing_day(fieldwork: Fieldwork) -> dt.date:
    """The last day of answers, as at which councils are counted however late the worker opens and counts them.

    Of a wave that closes at midnight it is the day that then ends.
    """
    return timezone.localdate(fieldwork.closes_at - dt.timedelta(microseconds=1))


def response_so_far(fieldwork: Fieldwork) -> WaveResponse:
    """How many have answered by now, by type; of a wave that has ended, as was kept at its close.

    Invitations go after 90 days, and the directory is corrected: neither changes how many had answered.
    """
    if fieldwork.closed_at and (kept := list(TypeResponse.objects.filter(wave=fieldwork.wave_id))):
        return _as_kept(fieldwork, kept)
    day = closing_day(fieldwork)
    in_directory = counts_by_kind(day)
    handed_in = SurveyInvitation.objects.filter(fieldwork=fieldwork, state=SurveyInvitation.State.HANDED_IN)
    keys = {*handed_in.values_list("organisation", flat=True), *(int(key) for key in fieldwork.nameless)}
    answered, gone = _bodies(keys, day)
    target = fieldwork.target_percent
    by_type = [
        ResponseSoFar(
            str(council_type.label),
            sum(in_directory[kind] for kind in KINDS_OF_TYPE[council_type]),
            sum(answered.pop(kind, 0) for kind in KINDS_OF_TYPE[council_type]),
            target,
            str(council_type),
        )
        for council_type in CouncilType
    ]
    people = counts_by_state([fieldwork])[fieldwork.pk][SurveyInvitation.State.HANDED_IN]
    return _response(by_type, target, others=answered.total() + gone, people=people)


def _bodies(keys: Iterable[int], day: dt.date) -> tuple[Counter[str], int]:
    """How many organisations in force on a day answered, by kind, and of how many others nothing is left by then.

    A council counts with what those did that it took over whole. One that was founded in vain is in no directory.
    """
    bodies = BodiesOnDay(day)
    found = [bodies.carries_on(key) for key in keys]
    return Counter(bodies.kinds[key] for key in set(found) if key is not None), found.count(None)


def _as_kept(fieldwork: Fieldwork, kept: list[TypeResponse]) -> WaveResponse:
    target = fieldwork.target_percent
    by_type = [
        ResponseSoFar(
            str(CouncilType(each.council_type).label), each.councils, each.answered, target, each.council_type
        )
        for each in kept
    ]
    people = fieldwork.wave.respondents if fieldwork.handed_in is None else fieldwork.handed_in
    return _response(by_type, target, others=fieldwork.other_bodies or 0, people=people or 0)


def _response(by_type: list[ResponseSoFar], target: int, *, others: int, people: int) -> WaveResponse:
    english = [each for each in by_type if each.council_type in ENGLISH_TYPES]
    return WaveResponse(
        by_type,
        _sum("English councils", english, target),
        _sum("United Kingdom", by_type, target),
        others=others,
        people=people,
    )


def freeze_response(fieldwork: Fieldwork) -> None:
    """Keep the response with the wave, in place of what was kept before: part of closing a wave.

    By type of council; apart from them how many other organisations answered, how many people were invited and how
    many handed in. From then on nobody has to be counted for whom nothing stands, so what did is emptied.
    """
    TypeResponse.objects.filter(wave=fieldwork.wave_id).delete()  # so that it is counted anew
    response = response_so_far(fieldwork)
    fieldwork.invited = sum(counts_by_state([fieldwork])[fieldwork.pk].values())
    fieldwork.handed_in, fieldwork.other_bodies = response.people, response.others
    fieldwork.nameless, fieldwork.not_invited_again = {}, []
    fieldwork.save(update_fields=["invited", "handed_in", "other_bodies", "nameless", "not_invited_again"])
    TypeResponse.objects.bulk_create(
        TypeResponse(
            wave_id=fieldwork.wave_id,
            council_type=each.council_type,
            councils=each.councils,
            answered=each.answered,
            printed_share=each.share.value or 0,
            position=position,
        )
        for position, each in enumerate(response.by_type, start=1)
    )


def _sum(words: str, lines: list[ResponseSoFar], target: int) -> ResponseSoFar:
    return ResponseSoFar(words, sum(each.councils for each in lines), sum(each.answered for each in lines), target)
