"""What the organisations that answered a wave have become by the day on which it closes.

The response and the tables count by this alone, so that councils that merged while a wave ran are one organisation in
both. Two organisations may become one, and never one two. Every rule of the release is applied afterwards.
"""

import datetime as dt
from collections.abc import Sequence

from councils.models import Organisation, all_take_overs, counted_with
from sealing.operations import SealedAnswer
from surveys.fieldwork.sealed import COUNCIL_TYPE, OTHER, council_type_of_kind


class BodiesOnDay:
    """The organisations in force on a day by their kind, and which of them carries on each that is not."""

    def __init__(self, day: dt.date) -> None:
        self.kinds: dict[int, str] = dict(Organisation.objects.in_force(day).order_by().values_list("pk", "kind"))
        whole = [each for each in all_take_overs(day) if each.is_whole]
        self._overs = [each for each in whole if each.has_ended]
        self._to_come = [each for each in whole if not each.has_ended]

    def carries_on(self, key: int) -> int | None:
        """The organisation itself where it is in force, else the one that took it over whole; None where none did.

        One that was founded in advance counts as the one whose work it will carry on, while that is in force. Where
        those are several, nobody can tell as which.
        """
        if key in self.kinds:
            return key
        if found := counted_with([key], self._overs) & self.kinds.keys():
            return min(found)
        before = {each.old for each in self._to_come if each.new == key} & self.kinds.keys()
        return before.pop() if len(before) == 1 else None

    def as_then(self, opened: SealedAnswer) -> SealedAnswer:
        """What somebody sealed, with the organisation and the type of council as they are on this day.

        An organisation that nobody carries on stays the one it was, and is no council any more.
        """
        body = self.carries_on(int(opened["organisation"]))
        kind = OTHER if body is None else council_type_of_kind(self.kinds[body])
        organisation = opened["organisation"] if body is None else body
        return {**opened, "organisation": organisation, "bands": {**opened["bands"], COUNCIL_TYPE: kind}}


def as_on(day: dt.date, opened: Sequence[SealedAnswer]) -> list[SealedAnswer]:
    """What people sealed, each with its organisation and type of council as they are on a day."""
    bodies = BodiesOnDay(day)
    return [bodies.as_then(each) for each in opened]
