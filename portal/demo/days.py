"""Events of the demo: on working days in office hours, with agenda, venue and access.

The buildings are real; what is said of the rooms, of access and of the hours is illustrative.
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from core import clock
from core.office_days import is_office_day, last_office_day, office_day
from events.event import agenda
from events.models import Event
from portal.demo.discoveries_2014 import DiscoveryStory

OPENS, CLOSES = dt.time(10), dt.time(16)
LEAST_LEFT = dt.timedelta(hours=2)


# Days -------------------------------------------------------------------------------------------------------


def coming(number: int, opens: dt.time = OPENS, closes: dt.time = CLOSES) -> tuple[dt.datetime, dt.datetime]:
    """Start and end of an event at least so many days from now."""
    day = office_day(clock.today() + dt.timedelta(days=number))
    return moment_of(day, opens), moment_of(day, closes)


def under_way() -> tuple[dt.datetime, dt.datetime]:
    """Start and end of an event that is on now for two more hours at least; late in the day it ends on the next."""
    now = clock.now()
    first = last = clock.today()
    while not is_office_day(first) or moment_of(first, OPENS) > now:
        first -= dt.timedelta(days=1)
    while not is_office_day(last) or moment_of(last, CLOSES) < now + LEAST_LEFT:
        last += dt.timedelta(days=1)
    return moment_of(first, OPENS), moment_of(last, CLOSES)


def how_many(span: tuple[dt.datetime, dt.datetime]) -> int:
    """The number of days of an event."""
    first, last = map(timezone.localdate, span)
    return (last - first).days + 1


def moment_of(day: dt.date, time: dt.time) -> dt.datetime:
    """The moment of a time of day in London."""
    return timezone.make_aware(dt.datetime.combine(day, time))


# Places -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Venue:
    """A venue with its directions; `access` is by question, and missing answers are not known."""

    venue: str
    address: str
    directions: str = ""
    access: dict[str, str] = field(default_factory=dict)
    access_note: str = ""

    def fields(self) -> dict[str, Any]:
        """The fields as the operations of events take them."""
        said = {"venue": self.venue, "address": self.address, "directions": self.directions}
        return said | self.access | {"access_note": self.access_note}


LEVEL = {"step_free": "yes", "accessible_toilet": "yes", "hearing_loop": "yes"}
VENUES = {
    "Leeds": Venue(
        "Leeds Civic Hall, Banqueting Suite", "Calverley Street, Leeds LS1 1UR", "12 minutes on foot from the station",
        LEVEL | {"captions": "yes", "sign_language": "ask", "parking": "no"},
        "Ask for an interpreter two weeks before. Two blue badge bays in Portland Crescent.",
    ),
    "Birmingham": Venue(
        "Birmingham Council House, Committee Room 2", "Victoria Square, B1 1BB",
        "8 minutes on foot from New Street station",
        LEVEL | {"sign_language": "ask", "parking": "no"}, "The step-free way in is from Chamberlain Square.",
    ),
    "Bristol": Venue(
        "Bristol City Hall, Writing Room", "College Green, BS1 5TR", "Bus 8 from Temple Meads to College Green",
        {"step_free": "ask", "accessible_toilet": "yes", "hearing_loop": "ask", "sign_language": "ask", "parking": "no"},
        "The lift to the first floor is worked from the desk.",
    ),
    "London": Venue(
        "Local Government House, London", "18 Smith Square, SW1P 3HZ", "7 minutes on foot from Westminster station",
        LEVEL | {"captions": "yes", "sign_language": "yes", "parking": "no"},
    ),
    "London in 2014": Venue(
        "Eland House, London", "Bressenden Place, SW1E 5DU", "3 minutes on foot from Victoria station",
        LEVEL | {"sign_language": "ask", "parking": "no"},
    ),
    "Luton": Venue(
        "Luton Town Hall, Council Chamber", "George Street, LU1 2BQ", "6 minutes on foot from the station",
        {"step_free": "yes", "hearing_loop": "yes", "sign_language": "no", "parking": "ask"},
    ),
    "Swansea": Venue(
        "Swansea Guildhall", "St Helen’s Crescent, SA1 4PE", "Bus 4 from the station",
        {"step_free": "yes", "accessible_toilet": "yes", "sign_language": "ask", "parking": "yes"},
    ),
    "Warwick": Venue(
        "Shire Hall, Warwick", "Market Square, CV34 4RL", "15 minutes on foot from the station",
        {"step_free": "yes", "accessible_toilet": "yes", "hearing_loop": "ask", "parking": "no"},
        "Short-stay parking in Market Place.",
    ),
    "Cardiff": Venue(
        "Cardiff City Hall, Ferrier Hall", "Cathays Park, CF10 3ND", "5 minutes on foot from Cathays station",
        {"step_free": "ask", "accessible_toilet": "yes", "sign_language": "yes", "parking": "no"},
        "The ramp is on the east side.",
    ),
}  # fmt: skip


# Of 2014 ----------------------------------------------------------------------------------------------------


def of_2014(story: DiscoveryStory, kind: str, town: str) -> dict[str, Any]:
    """The fields of a Discovery or Co-Design Day of 2014 beside its title: agenda, venue, audience."""
    place = VENUES.get(f"{town} in 2014") or VENUES[town]
    hours = _discovery_day(story) if kind == Event.Kind.DISCOVERY_DAY else _co_design_day(story)
    return place.fields() | {"audience": story.needs[0].who_for, "agenda": agenda.read(hours)}


def _discovery_day(story: DiscoveryStory) -> str:
    need = story.needs[0]
    return f"""09:30 Doors open
        10:00 {story.department}: what changes, and when
        10:45 {need.council} shows its case | {need.title}
        12:30 Lunch
        13:15 Which issues do we share? | {story.issues[0]}
        14:15 What could we solve together? | {"; ".join(title for title, _ in story.potential)}
        15:15 Is it feasible?
        15:45 Who takes it on
        16:00 Close"""


def _co_design_day(story: DiscoveryStory) -> str:
    return f"""09:30 Doors open
        10:00 What the Discovery Day found | {story.issues[-1]}
        10:45 Four tables, one question each | {story.needs[0].what}
        12:45 Lunch
        13:30 Make a first version | {"; ".join(prototype.title for prototype in story.prototypes)}
        14:30 What it costs, what it saves
        15:20 Vote | Open: everybody checked in ticks as many as they would pursue
        15:40 The result, and what happens next
        16:00 Close"""


# Of today ---------------------------------------------------------------------------------------------------

MOVING_HOUSE = {
    "summary": "Whoever moves tells the council, the surgery, the DVLA and the electoral roll, each in its own way. "
    "We find out where that goes wrong, and which of it we could put right together.",
    "audience": "Teams that record changes of address: council tax, electoral services, contact centres",
    "agenda": """09:30 Doors open | Coffee, and your name at the desk
        10:00 What the DWP changes next year | Which of its letters will ask for an address, and which will not
        10:45 One move, nine letters | A family from Leeds shows what it filled in, and how long that took
        12:30 Lunch
        13:15 Which issues do we share? | Bring the form of your council that people give up on
        14:30 What could we solve together? | One form for the council, the DVLA and the electoral roll: what would each of you need from it?
        15:30 Who takes it on | An idea goes on where three councils want to work on it
        16:00 Close""",
}
BLUE_BADGES = {
    "summary": "Half of all Blue Badge applications come back at least once for a missing paper. Come and design a way "
    "to ask once, from what a doctor, a department and a council know already.",
    "audience": "Blue Badge teams, and one person who has applied with each of them",
    "agenda": """09:30 Doors open | Step-free from Chamberlain Square
        10:00 What the Discovery Day found | Kent and Leeds show ten applications that came back, and why | Speakers: Joan Marsh, head of Blue Badges, Kent; Ravi Nair, Leeds
        10:45 Four tables, one question each | People who have applied sit at every table
        12:45 Lunch
        13:30 Make a first version | Two sentences and five figures: how many, what one costs now and would cost, who uses it, what it takes to build
        15:20 Vote | On your phone; everybody checked in ticks as many as they would pursue
        15:45 What happens next | Who leads, by when, and which council tries it first
        16:00 Close""",
}
AGILE = {
    "summary": "An afternoon for people who answer for a service and have never worked in sprints: what changes for "
    "you, your budget and your meetings.",
    "audience": "Heads of service and their deputies; no technical knowledge needed",
    "agenda": """13:00 Why a plan for two years is wrong after two months
        13:40 A fortnight at Bristol | The head of libraries shows the task board, the daily meeting and what was dropped
        14:30 Tea
        14:45 Try it | Four people, one real piece of work of yours, forty minutes
        15:45 What to ask your team on Monday
        16:00 Close""",
}
PLAIN_FORMS = {
    "summary": "An afternoon with one form of yours: what it asks that you know already, and what a resident makes of it.",
    "audience": "People who own a form, and developers who build them; places are kept for districts and for developers",
    "agenda": """13:00 Read it aloud | Every form is read out by somebody who has never seen it
        13:40 What do you know already? | Strike out what another team holds
        14:30 Tea
        14:45 Build it again | A developer at each table
        15:45 Show what is left
        16:00 Close""",
}
PROVING_WHO_YOU_ARE = {
    "summary": "Seventeen councils ask for the same three documents. We build ways to ask once, and vote on which one "
    "to pursue.",
    "audience": "Customer service, libraries and digital teams, and residents who were asked for the same papers twice",
    "agenda": """09:30 Doors open
        10:00 Sixty applications | Harlow shows who was asked for which paper, how often | Speakers: Helen Ford, customer service manager, Harlow
        10:45 Four tables, one question each | Who has to see the papers, and for whom is a yes or a no enough?
        12:45 Lunch
        13:30 Make a first version
        15:00 Vote | On your phone; everybody checked in ticks as many as they would pursue
        15:30 What happens next
        16:00 Close""",
}


def of_today(about: dict[str, str], town: str, *, last_day: int = 1) -> dict[str, Any]:
    """The fields of an event of today; over several days, the afternoon's agenda is on the last."""
    hours = agenda.read(about["agenda"])
    hours = [replace(entry, day=last_day) if entry.at >= dt.time(13) else entry for entry in hours]
    return about | {"agenda": hours} | VENUES[town].fields()


def hours_of(shown: str, asked: str) -> str:
    """The agenda of a past Co-Design Day, with what was shown in the morning and asked at the tables."""
    return f"""09:30 Doors open
        10:00 What the first step found | {shown}
        10:45 Two tables, one question | {asked}
        12:45 Lunch
        13:30 Make a first version
        15:00 Vote | On your phone; everybody checked in ticks as many as they would pursue
        15:30 What happens next
        16:00 Close"""


def days(number: int) -> dt.datetime:
    """The moment so many days from now, moved away from now to a working day."""
    then = timezone.localtime(clock.now() + dt.timedelta(days=number))
    day = last_office_day(then.date()) if number < 0 else office_day(then.date())
    return moment_of(day, then.time())
