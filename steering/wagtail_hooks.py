from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from assets_registry.listings import Listing, read_only
from steering.models import BoardSeat, Decision, Meeting

read_only(Decision, Meeting, BoardSeat)


class Decisions(Listing):
    model = Decision
    icon = "check"
    list_display = ["number", "title", "result", "decided_on", "votes_for", "votes_against", "abstentions"]
    list_filter = ["result"]
    search_fields = ["number", "title"]


class Meetings(Listing):
    model = Meeting
    icon = "date"
    list_display = ["held_on", "host", "place"]


class Seats(Listing):
    model = BoardSeat
    icon = "group"
    list_display = ["body", "side", "order"]


class Board(ViewSetGroup):
    menu_label = "Steering board"
    menu_icon = "check"
    items = (Decisions, Meetings, Seats)


@hooks.register("register_admin_viewset")
def register_listings() -> Board:
    return Board()
