"""The councils that stood before one and come after it, for its page."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from councils.models import Organisation, all_take_overs, leads_to, lineage_among


@dataclass(frozen=True)
class Around:
    """The councils that one took over whole or a part of, over any number of steps, and its own successors."""

    whole: list[Organisation]
    part: list[Organisation]
    heirs: list[Organisation]  # who carries on its work
    heirs_of_part: list[Organisation]
    to_come: list[Organisation]  # the first to end of those that it is to take over whole
    part_to_come: list[Organisation]  # those of the same day of which it is to get a part
    today: list[Organisation]  # in which it goes on today, past successors that have ended as well
    divided_between: list[Organisation]  # its successors, where none of them carries on its work

    @property
    def takes_over_on(self) -> dt.date | None:
        ends_on = next((each.ends_on for each in (*self.to_come, *self.part_to_come)), None)
        return ends_on + dt.timedelta(days=1) if ends_on else None

    @property
    def goes_on_elsewhere(self) -> bool:
        """Whether a successor has ended as well, so that its work goes on with others than those named first."""
        return any(each.has_ended for each in (*self.heirs, *self.heirs_of_part, *self.divided_between))


def around_of(organisation: Organisation) -> Around:
    """What stands before and after a council, in at most two queries."""
    found = all_take_overs()
    over = (each for each in found if each.has_ended)
    lineage = lineage_among(organisation.pk, over)
    organisation.lineage = lineage.counted  # the panels need not ask again
    after = {each.new: each.is_whole for each in found if each.old == organisation.pk}
    coming = {each.old: each.is_whole for each in found if each.new == organisation.pk and not each.has_ended}
    today = leads_to(organisation.pk, found)
    keys = {*lineage.whole, *lineage.part, *after, *coming, *today}
    known = list(Organisation.objects.filter(pk__in=keys)) if keys else []
    got_part = [each for each in known if after.get(each.pk) is False]
    has_heir = any(after.values())
    first = _first_to_end(each for each in known if each.pk in coming)
    return Around(
        whole=[each for each in known if each.pk in lineage.whole],
        part=[each for each in known if each.pk in lineage.part],
        heirs=[each for each in known if after.get(each.pk)],
        heirs_of_part=got_part if has_heir else [],
        to_come=[each for each in first if coming[each.pk]],
        part_to_come=[each for each in first if not coming[each.pk]],
        today=[each for each in known if each.pk in today],
        divided_between=[] if has_heir else got_part,
    )


def _first_to_end(councils: Iterable[Organisation]) -> list[Organisation]:
    """Those that end on the earliest day."""
    ending = [each for each in councils if each.ends_on]
    first = min((each.ends_on for each in ending if each.ends_on), default=None)
    return [each for each in ending if each.ends_on == first]
