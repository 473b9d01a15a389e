"""What an author answers in the interview, and its pages as a browser has them."""

import re

WORDS = {
    "title": "Fewer calls about missed bins",
    "summary": "Calls fell.",
    "problem": "<p>Bins were missed.</p>",
    "what_we_did": "<p>We told people.</p>",
}


ANSWERS = {
    1: {"title": "Fewer calls about missed bins"},
    2: {"problem": "People rang about bins that nobody had emptied.\n\nWe had no list."},
    3: {"what_we_did": "- One form\n- A list in the cab", "happened_on_day": "4", "happened_on_month": "5",
        "happened_on_year": "2014"},
    4: {"who": "The waste crew"},
    5: {"measure": "Calls about missed bins", "unit": "calls a month", "before": "410", "before_n": "3",
        "before_on_day": "31", "before_on_month": "3", "before_on_year": "2014", "after": "268", "after_n": "3",
        "after_on_day": "31", "after_on_month": "3", "after_on_year": "2015", "counted_by": "us"},
    6: {"cost": "£4,000"},
    7: {"what_went_wrong": "We forgot the flats. <script>"},
    8: {"reuse": "The form"},
    9: {},
    10: {"summary": "Calls fell by a third."},
}  # fmt: skip


def address(interview, page):
    return f"/case-studies/new/{interview.pk}/{page}/"


def opened(client, interview, page):
    """The page as a browser has it: what its form carries unseen."""
    said = client.get(address(interview, page)).content.decode()
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', said) for name in ("read", "opened")}
    return {"read": "", **{name: value[1] for name, value in found.items() if value}}


def sent(client, interview, page, typed):
    return client.post(address(interview, page), {"go": "on", **opened(client, interview, page), **typed})
