"""The sections of the board's own records, each read from the rows as they are now."""

from collections import Counter

from core import clock
from core.figures import POUNDS, Figure
from core.origin import made_up
from core.words import counted, day_in_words, months_in_words, one_or_many, series, spelled, time_in_words
from projects.models import BusinessCase
from projects.sums.words import sums_pairs, sums_table
from steering.models import BoardAction, Meeting, MeetingItem, Paper
from steering.packs.changes import changed
from steering.packs.registry import register
from steering.packs.section import PackCell, PackPart, PackRow, PackRows, PackSection, Since, rows_of
from steering.packs.standing import day_cell, projects_before, promises_missed, ratings_before, with_unit
from steering.queries import coverage, next_decision
from steering.queries.blocks import blocks_over
from steering.queries.decisions import reviews_due_by
from take_up.models import Benefit
from take_up.queries import sums
from take_up.queries.promises import in_words

_RATINGS = ("Red", "Amber", "Green", "Not rated")


def open_actions(meeting: Meeting, since: Since) -> PackSection:
    """What bodies still have to do, the longest due first."""
    rows, late = PackRows(), 0
    for action in BoardAction.objects.filter(done_on=None).select_related("owner").order_by("due_on", "pk"):
        days = (clock.today() - action.due_on).days
        late += days > 0
        due = PackCell(day_cell(action.due_on), note=f"{counted(days, 'day')} late" if days > 0 else "")
        rows.add(action.title, action.owner.name, due, day_cell(action.given_on), of=action)
    said = f"{len(rows.rows)} open, {late or 'none'} of them late."
    return PackSection(
        "actions", "Open actions", ("Action", "Who", "Due", "Given on"), tuple(rows.rows), said, "No action is open.",
        summary=said if rows.rows else "No action is open.",
    )  # fmt: skip


def portfolio(meeting: Meeting, since: Since) -> PackSection:
    """Every project with its step, its rating with the reason, its latest line and its next decision; red first."""
    projects = projects_before(meeting, since)
    rated = ratings_before(meeting, since)
    rows = PackRows()
    for project in sorted(projects, key=lambda each: _RATINGS.index(rated[each.pk].rated)):
        stands, comes = rated[project.pk], next_decision(project)
        lead = f"Led by {project.lead_council.name}" if project.lead_council else ""
        latest = stands.latest
        line = PackCell(latest.said, note=day_cell(latest.at)) if latest else PackCell("", note=day_cell(None))
        title = PackCell(project.title, note=lead, url=project.get_absolute_url())
        rated_as = PackCell(stands.word, note=stands.reason, strong=True)
        step = str(project.get_stage_display())
        rows.add(title, step, rated_as, line, PackCell(comes.words, url=comes.url), of=project)
    counts = Counter(stands.rated for stands in rated.values())
    listed = ", ".join(f"{counts[word]} {word.lower()}" for word in reversed(_RATINGS) if counts[word])
    said = f"{counted(len(projects), 'project')}: {listed}, each with its reason." if projects else ""
    return PackSection(
        "portfolio", "Portfolio", ("Project", "Step", "Rating and reason", "Latest line", "Next decision"),
        tuple(rows.rows), said, "No project runs.", summary=said or "No project runs.",
    )  # fmt: skip


def cases(meeting: Meeting, since: Since) -> list[PackSection]:
    """A paper for each business case on the agenda: costs and savings, if they turn out otherwise, coverage."""
    items = meeting.agenda.filter(is_removed=False).exclude(business_case=None)
    return [_case(item) for item in items.select_related("business_case__project__lead_council")]


def _case(item: MeetingItem) -> PackSection:
    case = item.business_case
    assert case is not None  # those with one are read
    payback = case.payback()
    yearly = Figure(payback.yearly_saving, unit=f"{POUNDS} a year", places=0).with_unit
    once, months = Figure(case.one_off_cost, unit=POUNDS).with_unit, payback.months
    back = f"paid back in {months_in_words(months)}" if months is not None else "never paid back"
    pairs = [*sums_pairs(case), ("Saved a year", yearly), ("Paid back in", months_in_words(months))]
    origin = made_up(case)
    return PackSection(
        case_name(case.pk),
        f"Business case: {case.project.title}",
        ("Costs and savings", "Assumed"),
        tuple(PackRow(row.cells, origin) for row in rows_of(pairs)),
        lede=case.summary,
        summary=f"{yearly} for {once} once, {back}.",
        note=_what_the_board_may_do(case),
        parts=(
            PackPart(
                "If savings turn out otherwise",
                ("If savings are", "Saved a year", "Paid back in"),
                rows_of(sums_table(case)),
            ),
            PackPart("Coverage", ("Councils", "How many"), rows_of(coverage(case).pairs())),
        ),
    )


def _what_the_board_may_do(case: BusinessCase) -> str:
    """That it waits for the board, or how it was decided already."""
    if case.state == BusinessCase.State.SUBMITTED:
        return "The board may accept it, accept it on conditions, defer it or turn it down."
    on = f" on {day_in_words(case.decided_on)}" if case.decided_on else ""
    return f"The case was {case.get_state_display().lower()}{on}; the board looks at it again."


def case_name(key: int | None) -> str:
    """The anchor of the paper about a business case."""
    return f"case-{key}"


def blocks(meeting: Meeting, since: Since) -> PackSection:
    """Blocks that will have been open for 30 days or more on the day of the meeting, the oldest first."""
    rows = PackRows()
    for block in blocks_over(meeting.day):
        rows.add(
            PackCell(block.title, note=block.project.title, url=block.get_absolute_url()),
            PackCell(counted(block.age_on(meeting.day), "day"), strong=True),
            block.get_level_display(),
            block.who_can_remove.name if block.who_can_remove else "nobody is named",
            counted(block.council_count, "council") if block.council_count else "no council is named",
            of=block,
        )
    none = "No block has been open for 30 days."
    said = (
        f"{counted(len(rows.rows), 'block')} open for 30 days or more, the oldest for {rows.rows[0].cells[1].text}."
        if rows.rows
        else none
    )
    columns = ("Block", "Open for", "It lies with", "Who can remove it", "Waiting")
    return PackSection("blocks", "Blocks open for 30 days or more", columns, tuple(rows.rows), said, none, summary=said)


def promises(meeting: Meeting, since: Since) -> PackSection:
    """What the projects promised beside what was measured and checked, never added; then what others missed."""
    kept = list(
        Benefit.objects.filter(project__in=projects_before(meeting, since)).select_related(
            "project", "latest", "business_case__project"
        )
    )
    rows, known = PackRows(), {each.pk for each in kept}
    others = [each for each in promises_missed(meeting, since) if each.pk not in known and each.waits_for_explanation]
    for line in in_words([*kept, *others], says_who=True):
        rows.add(
            PackCell(line.title, note=line.who, url=line.record.get_absolute_url()),
            PackCell(with_unit(line.record), note=f"{line.where}, {day_cell(line.record.claimed_on)}"),
            PackCell(line.measured if line.record.latest else "not measured", note=line.base),
            PackCell(line.state, strong=True),
            of=line.record,
        )
    money = sums(kept)
    claimed, confirmed = money.claimed, money.confirmed
    every = counted(len(kept), "promise")
    of_money = "" if claimed.n == len(kept) else f", {claimed.n} of them in {money.unit}"
    said = (
        f"{every} of the projects before the board{of_money}. "
        f"Claimed: {Figure(claimed.total, unit=money.unit).with_unit} in {counted(claimed.n, 'promise')}. "
        f"Confirmed: {Figure(confirmed.total, unit=money.unit).with_unit} in {confirmed.n} of them. "
        "The two are never added."
    )
    if others:
        said += f" Of others, {counted(len(others), 'promise was', 'promises were')} missed and not explained yet."
    none = "The projects before the board have promised nothing yet."
    return PackSection(
        "promises", "Promises", ("Promise", "Claimed", "Measured", "State"), tuple(rows.rows), said, none,
        summary=said if rows.rows else none,
    )  # fmt: skip


def reviews(meeting: Meeting, since: Since) -> PackSection:
    """Decisions that are to be looked at again by the day of the meeting, the longest due first."""
    rows = PackRows()
    for decision in reviews_due_by(meeting.day):
        rows.add(
            PackCell(decision.number, note=decision.title, url=decision.get_absolute_url()),
            PackCell(str(decision.get_result_display()), note=day_cell(decision.decided_on)),
            day_cell(decision.review_on),
            of=decision,
        )
    none = "No decision is due to be looked at again."
    said = f"{counted(len(rows.rows), 'decision')} to look at again." if rows.rows else none
    return PackSection(
        "reviews", "Reviews due", ("Decision", "Result", "Due"), tuple(rows.rows), said, none, summary=said
    )


def papers(meeting: Meeting, since: Since) -> PackSection | None:
    """The papers of the meeting, each with its hash: of a restricted one but the title and the reason beside it."""
    rows = PackRows()
    for paper in meeting.papers.select_related("item").defer("content").order_by("item__order", "pk"):
        rows.add(
            PackCell(paper.title, note=_of_paper(paper)),
            "members only" if paper.is_restricted else "everybody",
            of=paper,
            sha256=paper.sha256,
        )
    if not rows.rows:
        return None
    hidden = sum(row.cells[1].text == "members only" for row in rows.rows)
    said = f"{counted(len(rows.rows), 'paper')}, {hidden or 'none'} of them restricted. They are not in this pack."
    return PackSection("papers", "Papers", ("Paper", "Who may read it"), tuple(rows.rows), said, summary=said)


def _of_paper(paper: Paper) -> str:
    if paper.is_restricted:
        return f"Restricted paper: {paper.reason}"
    return f"{paper.file_name}, {max(round(paper.size / 1024), 1):,} kB"


def line_of(meeting: Meeting, last: Meeting | None) -> str:
    """`14:00 to 16:00 · Fry Building, London · chair: DCLG, as host · last met at the LGA, 10 December 2014`."""
    hours = " to ".join(filter(None, (time_in_words(meeting.starts_at), time_in_words(meeting.ends_at))))
    met = f"last met at {last.host}, {day_in_words(last.day)}" if last else ""
    return " · ".join(filter(None, (hours, meeting.place, f"chair: {meeting.host}, as host", met)))


def asked_of(items: list[MeetingItem]) -> str:
    """`three decisions: Accept the business case (3), Remove the block (4) and Next meeting (6)`."""
    asked = [
        f"{item.title} ({number})" for number, item in enumerate(items, 1) if item.kind == MeetingItem.Kind.DECISION
    ]
    number = f"{spelled(len(asked))} {one_or_many(len(asked), 'decision')}"
    return f"{number}: {series(asked)}." if asked else "no decision."


def agenda(items: list[MeetingItem], others: dict[str, PackSection]) -> PackSection:
    """The agenda: each item with what it is for and, where the pack has more of it, the section that says so."""
    rows = PackRows()
    for number, item in enumerate(items, 1):
        where = _section_about(item)
        goes_to = where if where in others else ""
        title = PackCell(*_worded(item, others.get(goes_to)), strong=True, goes_to=goes_to)
        rows.add(str(number), title, PackCell(str(item.get_kind_display()).lower(), strong=item.kind == "decision"))
    return PackSection(
        "agenda", "Agenda", ("No.", "Item", "For"), tuple(rows.rows), empty="The agenda has no item yet."
    )


def _worded(item: MeetingItem, section: PackSection | None) -> tuple[str, str]:
    """The title and words of an item; what changed is counted as the pack's own section does, unless reworded."""
    if section is None:
        return item.title, item.words
    if item.key == "changes" and not item.is_edited:
        return section.title, section.summary
    return item.title, item.words or section.summary


# What the key of a proposed item begins with, and the section about it.
_BY_KEY = {
    "actions": "actions", "portfolio": "portfolio", "review": "reviews", "reviews": "reviews", "block": "blocks",
    "blocks": "blocks", "promise": "promises", "promises": "promises", "changes": "changed",
}  # fmt: skip


def _section_about(item: MeetingItem) -> str:
    if item.business_case_id:
        return case_name(item.business_case_id)
    if item.block_id:
        return "blocks"
    if item.promise_id:
        return "promises"
    if section := _BY_KEY.get(item.key.partition("-")[0]):
        return section
    return "papers" if item.papers.all() else ""


def register_all() -> None:
    """Have the board's own sections in every pack."""
    of_the_board = (changed, open_actions, portfolio, cases, blocks, promises, reviews, papers)
    for order, function in zip((10, 40, 50, 60, 70, 80, 90, 110), of_the_board, strict=True):
        register(function, order=order)
