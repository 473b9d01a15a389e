"""What the board's pack says of the programme: three figures, and the case studies since the last pack."""

from django.contrib.auth.models import AnonymousUser

from core import clock
from core.words import counted, day_in_words
from portal.figures.headline import three_figures
from portal.figures.queries import latest_year_counted
from publishing.permissions import visible_case_studies
from publishing.queries import lines_of
from steering.models import Meeting
from steering.packs.section import PackCell, PackRows, PackSection, Since


def figures(meeting: Meeting, since: Since) -> PackSection | None:
    """The home page's three figures, each with its base; the note says as at which day and from where."""
    year = latest_year_counted()
    shown = three_figures(year)
    if not shown:
        return None
    rows = PackRows()
    for each in shown:
        of_the_year = year.period.until if each.url.startswith("/figures/") else clock.today()
        note = f"{each.note} As at {day_in_words(each.figure.as_at or of_the_year)}."
        rows.add(PackCell(each.figure.with_unit, strong=True), PackCell(each.label, note=note))
    sources = dict.fromkeys(each.figure.source for each in shown if each.figure.source)
    said = f"Counted on {day_in_words(clock.today())} from this site’s own records."
    if sources:
        said += f" Sources named in them: {'; '.join(sources)}."
    return PackSection("figures", "The programme in three figures", rows=tuple(rows.rows), note=said, shape="figures")


def case_studies(meeting: Meeting, since: Since) -> PackSection | None:
    """The case studies that were published since the last pack, the newest first."""
    studies = lines_of(visible_case_studies(AnonymousUser()).filter(withdrawn_on=None))
    if since.day:
        studies = studies.filter(first_published_at__date__gt=since.day)
    rows = PackRows()
    for study in studies.order_by("-first_published_at", "-pk"):
        title = PackCell(study.title, note=study.summary, url=study.get_absolute_url())
        rows.add(title, study.council.name, day_in_words(study.first_published_at, in_short=True), of=study)
    if not rows.rows:
        return None
    said = f"{counted(len(rows.rows), 'case study', 'case studies')} published since {since.words or 'the beginning'}."
    return PackSection(
        "case-studies", "Case studies", ("Case study", "Council", "Published on"), tuple(rows.rows), said, summary=said
    )
