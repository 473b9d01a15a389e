from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from accounts.look_only import LookOnly
from accounts.roles import Role
from steering.models import BoardSeat, Decision, Meeting
from steering.permissions import visible_decisions, visible_meetings


class Board(ViewSetGroup):
    menu_label = "Steering board"
    menu_icon = "check"
    items = (
        LookOnly(
            Decision,
            Role.EDITOR,
            Role.SECRETARIAT,
            pages=visible_decisions,
            icon="check",
            list_display=["number", "title", "result", "decided_on", "votes_for", "votes_against", "abstentions"],
            list_filter=["result"],
            search_fields=["number", "title"],
        ),
        LookOnly(
            Meeting,
            Role.EDITOR,
            Role.SECRETARIAT,
            pages=visible_meetings,
            icon="date",
            related=["host__body"],
            list_display=["day", "host", "place"],
        ),
        LookOnly(
            BoardSeat,
            Role.EDITOR,
            Role.SECRETARIAT,
            icon="group",
            related=["body"],
            list_display=["body", "side", "order", "since", "until"],
        ),
    )


@hooks.register("register_admin_viewset")
def register_listings() -> Board:
    return Board()
