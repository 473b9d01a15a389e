"""The next meeting of the board: planned three months after the last, with agenda, papers, actions and who comes.

All of it is illustrative.
"""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.months import months_after
from core.office_days import office_day
from portal.demo.bodies import body
from portal.demo.people import person
from steering import operations
from steering.models import BoardAction, BoardSeat, BodyAttendance, Meeting
from steering.queries.meetings import MONTHS

LATE = 31  # days that the longest open action is overdue
LISTED = "List the case studies that name a saving"
# How each body has answered, in the order of the roster: comes, apologies, or nothing yet. The LGA is asked on its page.
ANSWERS = {"LGA": "", "SOCITM": BodyAttendance.Came.APOLOGIES}
WHY_RESTRICTED = "Its terms are under negotiation until it is signed"
MINUTES = (
    "The LGA told how the four suppliers of waste systems answer councils that ask for the interface: two will, two "
    "have not said. It writes to them once more in the name of the board."
)


def build_before() -> None:
    """Give the actions of the meeting before the last: one that is overdue, and one to be done by the last."""
    before, last = reversed(Meeting.objects.held()[:2])
    for title, owner, due_on in (
        ("Write to the four waste suppliers", "LGA", clock.today() - dt.timedelta(days=LATE)),
        (LISTED, "SOCITM", last.day),
    ):
        _give(before, title, owner, due_on)


def build() -> None:
    """Finish one action and give one at the last meeting, write its minutes, and plan the next."""
    last = Meeting.objects.held()[0]
    with clock.at(_at(last.day, 9)):
        done = BoardAction.objects.get(title=LISTED)
        words = "The list is in the registry, with its sources."
        operations.finish_action(done, words=words, by=person("secretariat"))
    due_on = office_day(clock.today() + dt.timedelta(days=24))
    _give(last, "Ask councils which services they test with residents", "DCLG", due_on)
    _minutes(last)
    meeting = _planned(last)
    _papers(meeting)
    _answers(meeting)


def _at(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour))


def _give(meeting: Meeting, title: str, owner: str, due_on: dt.date) -> None:
    with clock.at(_at(meeting.day, 16)):
        operations.give_action(
            title=title, owner=body(owner), due_on=due_on, meeting=meeting, is_illustrative=True,
            by=person("secretariat"),
        )  # fmt: skip


def _minutes(last: Meeting) -> None:
    with clock.at(_at(last.day, 17)):
        operations.minute_item(last.agenda.get(key="actions"), minutes=MINUTES, by=person("secretariat"))


def _planned(last: Meeting) -> Meeting:
    """The next meeting, at the host whose turn it is, planned a week after the last."""
    with clock.at(_at(office_day(last.day + dt.timedelta(days=7)), 10)):
        meeting = operations.plan_meeting(
            day=office_day(months_after(last.day, MONTHS)),
            host=BoardSeat.objects.get(body__name="DCLG"),
            place="Fry Building, Marsham Street, London",
            starts_at=dt.time(14),
            ends_at=dt.time(16),
            is_illustrative=True,
            by=person("secretariat"),
        )
    return operations.build_agenda(meeting, by=None)


def _papers(meeting: Meeting) -> None:
    """A restricted paper for an item by hand, and a public one for the meeting as a whole."""
    secretary = person("secretariat")
    item = operations.add_item(
        meeting, title="Draft memorandum with the Land Registry", kind="information",
        words="Who may look at which of its records, and what that costs a council.", by=secretary,
    )  # fmt: skip
    operations.add_paper(
        meeting, title="Draft memorandum with the Land Registry", item=item, is_restricted=True,
        document=_document("memorandum", "Draft memorandum. Illustrative."), reason=WHY_RESTRICTED,
        disposition="Public once it is signed", is_illustrative=True, by=secretary,
    )  # fmt: skip
    operations.add_paper(
        meeting, title="How the board decides between meetings",
        document=_document("between-meetings", "One vote for each body, until a day told beforehand. Illustrative."),
        is_illustrative=True, by=secretary,
    )  # fmt: skip


def _answers(meeting: Meeting) -> None:
    secretary = person("secretariat")
    for seat in BoardSeat.objects.select_related("body"):
        if came := ANSWERS.get(seat.body.name, BodyAttendance.Came.EXPECTED):
            operations.answer_for_body(meeting, seat=seat, came=came, by=secretary)


def _document(name: str, words: str) -> SimpleUploadedFile:
    """A PDF of one page with one line."""
    drawn = f"BT /F1 14 Tf 60 760 Td ({words}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    content, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(content))
    return SimpleUploadedFile(f"{name}.pdf", content + head + table + tail)
