"""Two projects of today, each with its discovery, Co-Design Day and vote."""

import datetime as dt
from dataclasses import dataclass

from core import clock
from core.office_days import last_office_day
from portal.demo import needs
from portal.demo.days import days, hours_of
from portal.demo.people import person
from portal.demo.steps import Made, discovery_of, held_and_chosen, project_of, step_one, sums_of
from projects.models import Need, Project
from projects.portfolio import operations as portfolio

OF_LETTERS = sums_of(300_000, "1.90", "1.10", "40", "110000")
OF_REPORTS = sums_of(120_000, "5.20", "3.10", "35", "90000")

PLANNING_DAY = {
    "summary": "A letter gives a case number and no picture, and three people in two hundred look at the plans. We make "
    "notices that the people next door read.",
    "audience": "Planning and web teams, and neighbours who have had such a letter",
    "agenda": hours_of(
        "Camden shows 200 letters, and the three people who looked at the plans",
        "What does a neighbour want to know first, and where do they see it?",
    ),
}
POTHOLES_DAY = {
    "summary": "A report of a pothole is sent on twice before it reaches whoever mends it. We make ways to send it to "
    "the right crew the first time.",
    "audience": "Highways and contact centre teams of counties and districts, and people who cycle to work",
    "agenda": hours_of(
        "Surrey follows forty reports from the first call to the repair",
        "Who knows whose road it is, and who tells the person who asked?",
    ),
}


@dataclass(frozen=True, kw_only=True)
class ProjectStory:
    """A project and what led to it; times are in days before today."""

    started: int
    asked: str
    summary: str
    found: tuple[str, str, str, str]
    day: dict[str, str]
    title_of_day: str
    town: str
    room: tuple[str, ...]
    made: tuple[Made, ...]
    said: str
    title: str
    lead: str
    update: str
    partners: tuple[str, ...] = ("Harlow", "Bristol")
    on_paper: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


PLANNING = ProjectStory(
    started=90,
    asked="How neighbours hear of a planning application",
    summary="Camden, Harlow and Bristol looked at how neighbours hear of a planning application.",
    found=(
        "A letter gives a case number and no picture",
        "A notice on a phone",
        "Send a picture and one sentence to the homes nearby, and a letter with the same picture to the others.",
        "The law asks for a letter or a site notice. A message may come on top of it.",
    ),
    day=PLANNING_DAY,
    title_of_day="Co-Design Day: planning notices",
    town="Bristol",
    room=("Camden", "Bristol", "Exeter", "Luton", "Norwich", "Kent", "Wigan", "Leeds"),
    made=(
        Made(
            "Notices on a phone",
            "A message with a picture of what is to be built, one sentence, and a way to comment.",
            "Camden and Exeter",
            OF_LETTERS,
            6,
        ),
        Made(
            "A sign one can read from the pavement",
            "The picture and the sentence on a board at the site, with a square to point the phone at.",
            "Bristol and Norwich",
            sums_of(12_000, "14.00", "2.50", "60", "45000"),
            3,
        ),
    ),
    said="We pursue notices on a phone, with Harlow in the lead. Bristol tries the sign on two sites of its own.",
    title="Planning notices people read",
    lead="Harlow",  # whose lead is one of the demo people, so that what an owner does can be tried
    partners=("Camden", "Bristol"),
    update="Six residents read the first notice. Five could say what is to be built.",
    on_paper=("Surrey", "York"),
    reasons=(
        "Nobody reads the letters we send now.",
        "It reaches people who rent, whom a letter to the owner misses.",
        "A picture needs no planning words.",
        "We have the addresses already.",
        "It can be tried in one ward by the spring.",
    ),
)
POTHOLES = ProjectStory(
    started=120,
    asked="Whom a report of a pothole reaches",
    summary="Surrey, Harlow and Bristol followed forty reports of potholes to whoever mended them.",
    found=(
        "Drivers do not know who owns the road, and are sent on",
        "One map of who owns what",
        "Put county, district and trunk roads on one map, and pass each report on.",
        "Feasible once the highways agency shares its list of roads.",
    ),
    day=POTHOLES_DAY,
    title_of_day="Co-Design Day: potholes",
    town="Birmingham",
    room=("Surrey", "Kent", "Devon", "Bristol", "Leeds", "Exeter", "Birmingham"),
    made=(
        Made(
            "One map of road owners",
            "A map that takes the report and says which council or agency has got it.",
            "Surrey and Devon",
            OF_REPORTS,
            5,
        ),
        Made(
            "One number for a report",
            "Whoever takes the call gives a number that the county, the district and the agency can all look up.",
            "Kent, Leeds and Exeter",
            sums_of(120_000, "5.20", "1.40", "50", "70000"),
            3,
        ),
    ),
    said="We pursue the map, with Surrey in the lead. The number comes back once reports are passed on at all.",
    title="Potholes, whoever owns the road",
    lead="Surrey",
    update="The roads of the county and two districts are on one map. The agency’s are missing.",
)


def build(raised: dict[str, Need]) -> None:
    """Build both; the update of the second is overdue."""
    _project(PLANNING, raised[needs.PLANNING])
    _project(POTHOLES, raised[needs.POTHOLES])


def _project(story: ProjectStory, need: Need) -> Project:
    with clock.at(days(-story.started - 40)):
        discovery = discovery_of(story.asked, story.summary, "DCLG", clock.today(), need)
    with clock.at(days(-story.started - 30)):
        step_one(discovery, *story.found)
    on = last_office_day(clock.today() - dt.timedelta(days=story.started + 8))
    ballot = held_and_chosen(
        discovery,
        on,
        story.day,
        title=story.title_of_day,
        town=story.town,
        room=story.room,
        made=story.made,
        said=story.said,
        on_paper=story.on_paper,
        reasons=story.reasons,
    )
    with clock.at(days(-story.started)):
        project = project_of(ballot, title=story.title, lead=story.lead, partners=story.partners)
        portfolio.post_update(project, line=story.update, by=person("facilitator"))
    return project


def hand_in() -> None:
    """Hand in the business case of the first, for the board to decide."""
    facilitator, project = person("facilitator"), Project.objects.get(title=PLANNING.title)
    with clock.at(days(-5)):
        portfolio.post_update(project, line="Business case ready for the board.", by=facilitator)
        case = portfolio.draft_case(
            project,
            by=facilitator,
            summary="Fewer letters, more people who look at plans before they are decided.",
            **OF_LETTERS,
            is_illustrative=True,
        )
        portfolio.submit_case(case, by=facilitator)
