"""The year 2014 of the Local Digital campaign: five discoveries with their days and votes, and 41 events."""

import datetime as dt
import random
from decimal import Decimal
from math import ceil
from typing import Any

from django.utils import timezone

from accounts.models import User
from core import clock
from core.words import one_or_many, series
from councils.models import Organisation, Service
from events.feedback.operations import give_feedback
from events.models import Event, Skill
from events.programme.operations import bring_forth, publish_event
from portal.demo.bodies import REPORT, body, council, purposes
from portal.demo.days import of_2014
from portal.demo.discoveries_2014 import DISCOVERIES, LATE, DiscoveryStory, NeedStory, PrototypeStory
from portal.demo.people import SEED, colleague, delegates, person
from portal.demo.schedule_2014 import ABOUT, EVENTS, STREAM_OF, TAUGHT
from portal.demo.strategy import purposes_of_event
from portal.demo.told import tell_who_came
from projects.discoveries import operations as discoveries
from projects.models import Discovery, Need, Project, Prototype
from projects.needs.operations import join_need, raise_need
from projects.portfolio import operations as portfolio
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.models import Ballot
from voting.outcome import operations as outcome

# The sources of the counts; the documents do not give single events.
TOTALS = f"Local Digital campaign, 41 events, 1,838 delegates ({REPORT}, 4.3)"
FIRST_YEAR = "28 and about 1,400 by October (UKAuthority, 2014)"
SINGLE_DAYS = "the rest is illustrative"
FIRST_YEAR_ENDS = "2014-10-31"
OUTCOME = f"{REPORT}, 4.2"

Guest = tuple[User, Organisation]


def moment(day: str, time: str = "10:00") -> dt.datetime:
    """That day and time in London."""
    return timezone.make_aware(dt.datetime.fromisoformat(f"{day} {time}"))


def build() -> None:
    for story in DISCOVERIES:
        _begin(story)
    _begin_late_ones()
    guests = _guest_lists()
    for (day, kind, title, venue, _), coming in zip(EVENTS, guests, strict=True):
        story = next((s for s in DISCOVERIES if day in {s.discovery_day, s.co_design_day}), None)
        about = of_2014(story, kind, venue) if story else {"venue": venue}
        event = _hold(day, kind, title, about, coming)
        if story and day == story.discovery_day:
            _conclude_step_one(story, event)
        elif story:
            _conclude_step_two(story, event)
    _collect_feedback()


# Needs and discoveries --------------------------------------------------------------------------------------


def _raise(story: NeedStory, day: dt.datetime) -> Need:
    first = council(story.council)
    with clock.at(day):
        need = raise_need(
            by=colleague(first),
            council=first,
            title=story.title,
            who_for=story.who_for,
            what=story.what,
            evidence=story.evidence,
            cost_of_problem=story.cost,
            service=Service.objects.get(lgsl=story.service),
            is_illustrative=True,
        )
    for number, name in enumerate(story.also, start=1):
        joining = council(name)
        with clock.at(day + dt.timedelta(days=2 * number)):
            join_need(need, by=colleague(joining), council=joining)
    return need


def _begin(story: DiscoveryStory) -> Discovery:
    facilitator = person("facilitator")
    day = moment(story.discovery_day)
    needs = [_raise(need, day - dt.timedelta(days=60)) for need in story.needs]
    with clock.at(day - dt.timedelta(days=30)):
        discovery = discoveries.start_discovery(
            by=facilitator,
            title=story.title,
            summary=story.summary,
            theme=story.theme,
            department=body(story.department),
            starts_on=day.date(),
            purposes=purposes(*story.purposes),
            source=f"{OUTCOME}; day, needs and words illustrative",
            is_illustrative=True,
        )
        for need in needs:
            discoveries.gather_need(discovery, need, by=facilitator)
    return discovery


def _begin_late_ones() -> None:
    for title, summary, department, day in LATE:
        with clock.at(moment(day) - dt.timedelta(days=30)):
            discoveries.start_discovery(
                by=person("facilitator"),
                title=title,
                summary=summary,
                department=body(department),
                starts_on=moment(day).date(),
                is_illustrative=True,
            )


def _conclude_step_one(story: DiscoveryStory, event: Event) -> None:
    facilitator = person("facilitator")
    discovery = Discovery.objects.get(title=story.title)
    with clock.at(moment(story.discovery_day, "16:00")):
        for issue in story.issues:
            discoveries.add_priority_issue(discovery, wording=issue, by=facilitator)
        for title, scope in story.potential:
            discoveries.scope_project(discovery, title=title, scope=scope, by=facilitator)
        discoveries.judge_feasibility(
            discovery, verdict=Discovery.Feasibility.FEASIBLE, reason=story.feasibility, by=facilitator
        )
        bring_forth(event, by=facilitator, needs=discovery.needs.all())
    with clock.at(moment(story.discovery_day) + dt.timedelta(days=14)):
        discoveries.end_step_one(discovery, by=facilitator)


def _conclude_step_two(story: DiscoveryStory, event: Event) -> None:
    facilitator = person("facilitator")
    discovery = Discovery.objects.get(title=story.title)
    needs = list(discovery.needs.order_by("pk"))
    made = []
    with clock.at(moment(story.co_design_day, "14:30")):
        for number, prototype_story in enumerate(story.prototypes):
            made.append(_make(prototype_story, discovery, needs, number))
        bring_forth(event, by=facilitator, prototypes=made)
        ballot = ballots.prepare_ballot(
            event,
            by=facilitator,
            question="Which prototypes should we pursue?",
            prototypes=made,
            to_pursue=sum(bool(p.project) for p in story.prototypes),
            secrecy=Ballot.Secrecy.OPEN,
            is_illustrative=True,
        )
    with clock.at(moment(story.co_design_day, "15:20")):
        ballots.open_ballot(ballot, by=facilitator)
    _vote(ballot, story)
    with clock.at(moment(story.co_design_day, "15:40")):
        outcome.close_ballot(ballot, by=facilitator)
        outcome.reveal_ballot(ballot, by=facilitator)
        pursued = [p for p in story.prototypes if p.project]
        names = series(p.title for p in pursued)
        left = one_or_many(len(story.prototypes) - len(pursued), "other stays", "others stay")
        outcome.publish_outcome(
            ballot, by=facilitator, text=f"We pursue {names}. The {left} here for anyone to take up."
        )
    with clock.at(moment(story.co_design_day) + dt.timedelta(days=7)):
        for prototype_story in pursued:
            _start_project(prototype_story, ballot, story)
        discoveries.end_step_two(discovery, by=facilitator)


def _make(story: PrototypeStory, discovery: Discovery, needs: list[Need], number: int) -> Prototype:
    facilitator = person("facilitator")
    prototype = discoveries.add_prototype(
        discovery,
        title=story.title,
        summary=story.summary,
        made_by=story.made_by,
        needs=[needs[min(number, len(needs) - 1)]],
        by=facilitator,
        source=f"{OUTCOME}; who made it, needs and sums illustrative" if story.project else "",
        is_illustrative=True,
    )
    volume, unit_cost, saving, take_up, one_off = story.sums
    discoveries.outline_case(
        prototype,
        volume=volume,
        unit_cost_now=Decimal(unit_cost),
        saving_per_unit=Decimal(saving),
        take_up=Decimal(take_up),
        one_off_cost=Decimal(one_off),
        note="Sums made on the day; illustrative.",
        by=facilitator,
    )
    return prototype


def _vote(ballot, story: DiscoveryStory) -> None:
    """Let four in five on the roll vote, so that each prototype gets the share given in its story."""
    chance = random.Random(f"{SEED}{story.title}")
    roll = [entry.person for entry in ballot.roll.select_related("person")]
    voters = chance.sample(roll, round(len(roll) * 31 / 38))
    ticked: dict[int, list] = {voter.pk: [] for voter in voters}
    options = {option.prototype.title: option for option in ballot.options.select_related("prototype")}
    for prototype in story.prototypes:
        undecided_first = sorted(voters, key=lambda v: (len(ticked[v.pk]), chance.random()))
        for voter in undecided_first[: round(prototype.share_of_votes * len(voters))]:
            ticked[voter.pk].append(options[prototype.title])
    for number, voter in enumerate(voters):
        with clock.at(moment(story.co_design_day, "15:21") + dt.timedelta(seconds=20 * number)):
            casting.cast(
                ballot, by=voter, marks=casting.ticks(ticked[voter.pk] or [options[story.prototypes[0].title]])
            )


# Projects ---------------------------------------------------------------------------------------------------


def _start_project(story: PrototypeStory, ballot, discovery: DiscoveryStory) -> None:
    lead = council(story.project["lead"])
    option = ballot.options.get(prototype__title=story.title)
    project = outcome.make_project(
        ballot,
        option=option,
        by=person("facilitator"),
        lead_council=lead,
        partners=[council(name) for name in story.project["partners"]],
        purposes=purposes(*discovery.purposes),
        service=Service.objects.get(lgsl=discovery.needs[0].service),
        outcome_of_year=2014,
        source=f"{OUTCOME}; lead, partners, days and sums illustrative",
        is_illustrative=True,
    )
    volume, unit_cost, saving, take_up, one_off = story.sums
    drafted = story.project.get("case") or story.project.get("draft")
    if drafted:
        with clock.at(moment(drafted)):
            case = portfolio.draft_case(
                project,
                by=person("facilitator"),
                summary=f"{story.summary} {story.project['of_the_sums']}",
                volume=volume,
                unit_cost_now=Decimal(unit_cost),
                saving_per_unit=Decimal(saving),
                take_up=Decimal(take_up),
                one_off_cost=Decimal(one_off),
                is_illustrative=True,
            )
            if "case" in story.project:
                portfolio.submit_case(case, by=person("facilitator"))


def build_launches() -> None:
    """Updates after the board's decisions, and two launches."""
    facilitator = person("facilitator")
    for story in (prototype for discovery in DISCOVERIES for prototype in discovery.prototypes if prototype.project):
        project = Project.objects.get(title=story.title)
        if "launch" in story.project:
            with clock.at(moment(story.project["launch"])):
                portfolio.launch(project, by=facilitator, launched_on=moment(story.project["launch"]).date())
        for day, line in story.project["updates"]:
            with clock.at(moment(day)):
                portfolio.post_update(project, line=line, by=facilitator)


# Events -----------------------------------------------------------------------------------------------------


def _guest_lists() -> list[list[Guest]]:
    """The guests of each event: every delegate at least once over the year, many again."""
    chance = random.Random(SEED)
    new, seen, lists = list(delegates()), [], []
    still_to_come = sum(row[4] for row in EVENTS)
    for *_, count in EVENTS:
        share_of_new = ceil(len(new) * count / still_to_come)
        returning = chance.sample(seen, min(len(seen), count - share_of_new))
        first_time = [new.pop(0) for _ in range(count - len(returning))]
        lists.append(first_time + returning)
        seen += first_time
        still_to_come -= count
    return lists


def _hold(day: str, kind: str, title: str, about: dict[str, Any], guests: list[Guest]) -> Event:
    facilitator = person("facilitator")
    discovery = Discovery.objects.filter(title=title.partition(": ")[2].capitalize()).first()
    evening = kind == Event.Kind.DINNER_DEBATE
    with clock.at(moment(day) - dt.timedelta(days=42)):
        event = publish_event(
            by=facilitator,
            title=title,
            summary=_summary(kind, title),
            stream=STREAM_OF[kind],
            kind=kind,
            starts_at=moment(day, "18:30" if evening else "10:00"),
            ends_at=moment(day, "21:30" if evening else "16:00"),
            capacity=len(guests) + 6,
            discovery=discovery,
            host=body("DCLG"),
            source=_source_of_event(day, kind),
            skills=_taught(title) if kind == Event.Kind.WORKSHOP else (),
            purposes=purposes_of_event(kind, title),
            is_illustrative=True,
            **about,
        )
    kinds = list(event.participant_kinds.all())
    arrivals = [
        (
            user,
            place,
            kinds[number % len(kinds)] if kinds else None,
            moment(day) - dt.timedelta(days=40) + dt.timedelta(minutes=37 * number),
            event.starts_at - dt.timedelta(minutes=30) + dt.timedelta(seconds=10 * number),
        )
        for number, (user, place) in enumerate(guests)
    ]
    tell_who_came(event, arrivals, checked_in_by=facilitator)
    event.refresh_from_db()
    return event


def _taught(title: str) -> list[Skill]:
    """The skill of the survey that a workshop taught."""
    slugs = [slug for beginning, slug in TAUGHT.items() if title.startswith(beginning)]
    return list(Skill.objects.filter(slug__in=slugs))


def _source_of_event(day: str, kind: str) -> str:
    """The source of an event: who counted it (UKAuthority in the first year), and for workshops the survey."""
    counted = (TOTALS, FIRST_YEAR) if day <= FIRST_YEAR_ENDS else (TOTALS,)
    source = "; ".join((*counted, SINGLE_DAYS))
    return source.replace(", 4.3)", ", 4.3; key skills: 2.12)") if kind == Event.Kind.WORKSHOP else source


def _summary(kind: str, title: str) -> str:
    subject = title.partition(": ")[2]
    if kind == Event.Kind.DISCOVERY_DAY:
        return (
            f"A day with the department and the councils it touches: which issues about {subject} do we share, and "
            "which could we solve together?"
        )
    if kind == Event.Kind.CO_DESIGN_DAY:
        return (
            f"Service users, heads of service, policy experts and developers design {subject} together, and vote on "
            "what to pursue."
        )
    return ABOUT[title]


# Feedback ---------------------------------------------------------------------------------------------------

# The report prints these percentages without saying how many answered. A hundred forms reproduce them exactly.
ANSWERED_YES = {
    "would_recommend": 95,
    "rated_good_or_better": 88,
    "identified_improvements": 73,
    "identified_new_ways_of_working": 68,
    "identified_collaboration": 58,
    "identified_efficiencies": 52,
    "identified_savings": 33,
}
FORMS = 100


def _collect_feedback() -> None:
    chance = random.Random(SEED)
    held = list(Event.objects.filter(starts_at__year=2014).order_by("starts_at"))
    columns = {}
    for question, yes in ANSWERED_YES.items():
        answers = [True] * yes + [False] * (FORMS - yes)
        chance.shuffle(answers)
        columns[question] = answers
    for number in range(FORMS):
        event = held[number % len(held)]
        with clock.at(event.ends_at):
            answers = {question: column[number] for question, column in columns.items()}
            give_feedback(event, answers=answers, is_illustrative=True)
