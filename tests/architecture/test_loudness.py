"""A red button is the loudest thing on a page, so it stands only where one came to press it."""

import re

from django.conf import settings

FOLDER = settings.BASE_DIR / "templates"
# Pages whose one action it is, and a page of its own for an account's end.
THE_PAGES_OWN_DEED = {
    "accounts/close.html",
    "accounts/person.html",
    "events/cancel.html",
    "events/place_cancel.html",
    "projects/need_leave.html",
    "publishing/interview/give_up.html",
    "publishing/need_undone.html",
    "publishing/withdraw.html",
    "surveys/withdraw.html",
    "steering/seat_end.html",
    "voting/strike.html",
    "voting/void.html",
    "design_system/examples/button.html",
}
FOLDED = re.compile(r"\{% details .*?\{% enddetails %\}", re.DOTALL)


def test_a_red_button_is_folded_away_or_the_action_of_its_page():
    loud = {
        path.relative_to(FOLDER).as_posix()
        for path in FOLDER.rglob("*.html")
        if 'variant="warning"' in FOLDED.sub("", path.read_text())
    }

    assert loud == THE_PAGES_OWN_DEED
