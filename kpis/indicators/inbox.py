"""The line about a council's figures in the week of those who may return them."""

from django.urls import reverse

from core import clock
from core.inbox import Action, Item, Reader
from core.words import counted
from councils.models import Membership
from councils.permissions import councils_of
from kpis.indicators.due import DueFigures, due_figures
from kpis.indicators.quarters import due_on, quarter_before, quarter_in_words, quarter_key


def figures_to_return(reader: Reader) -> list[Item]:
    """For contributors: the figures of the last quarter that their councils have not returned yet."""
    councils = councils_of(reader.user, at_least=Membership.Role.CONTRIBUTOR)
    return [_line(each) for each in due_figures(councils)] if councils else []


def _line(each: DueFigures) -> Item:
    url = f"{reverse('kpis:return', args=[each.council.slug])}?quarter={quarter_key(each.quarter)}"
    return Item(
        due_on(each.quarter),
        f"Figures of {each.council} for {quarter_in_words(each.quarter)}",
        reverse("kpis:indicators", args=[each.council.slug]),
        in_words(each),
        at_note="due" if due_on(each.quarter) >= clock.today() else "was due",
        actions=(Action("Return figures", url),),
    )


def in_words(each: DueFigures) -> str:
    """`7 of the top 20 services measured`; without a list `1 of 4 services measured that had figures for …`."""
    if each.has_list:
        return f"{each.measured} of the top {counted(each.of, 'service')} measured"
    before = quarter_in_words(quarter_before(each.quarter))
    return f"{each.measured} of {counted(each.of, 'service')} measured that had figures for {before}"
