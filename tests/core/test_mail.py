"""Every mail is plain text: what people typed stands in it as they typed it, in the subject too."""

import datetime as dt
import re

import pytest
from django.conf import settings

from core import mail

NAME = "King's Lynn & Sons"
MAILS = sorted((settings.BASE_DIR / "templates" / "emails").glob("[!_]*.txt"))


DAY = dt.date(2015, 3, 31)
COUNTS = {"days_open", "council_count"}
IS_A_DAY = re.compile(r"(^|_)(on|at|day|due)$")


class Typed(str):
    """Whatever a template asks of it is the same words, save for days and counts, which nobody types as words."""

    def __getitem__(self, key):
        if key in COUNTS:
            return 2
        return DAY if IS_A_DAY.search(key) else self


@pytest.mark.parametrize("file", MAILS, ids=lambda file: file.stem)
def test_a_name_stands_in_a_mail_as_it_was_typed(file):
    context = dict.fromkeys(re.findall(r"\w+", file.read_text()), Typed(NAME)) | {
        "needs": [(NAME, NAME)],
        "councils": [(NAME, True, "https://example.org")],
        "since": DAY,
        "until": DAY,
        "before": DAY,
        "measured_on": DAY,
        "number": 2,
    }

    subject, body = mail.written(f"emails/{file.stem}", context)

    has_no_name = re.search(r"\|(counted:|day\b)", file.read_text().partition("\n")[0])
    assert NAME in (body if has_no_name else subject)
    assert "&#x27;" not in subject + body
    assert "&amp;" not in subject + body
    html = mail.as_html(subject, body)
    assert "King&#x27;s Lynn &amp; Sons" in (html if has_no_name else re.search("<title>(.*)</title>", html)[1])
