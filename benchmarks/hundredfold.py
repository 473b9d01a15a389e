"""The demo programme many times over, written in bulk: how pages fare when there is a hundred times as much.

Councils, services and roles stay as they are: a country has only so many. Everything that people add is copied, in one
statement a table, each copy with its keys moved on, so that copies hang together as the original does.
"""

from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper
from wagtail.models import Page

from accounts.models import User
from assets_registry.models import Asset
from audit.models import AuditEvent
from councils.models import Membership
from events.models import (
    AgendaItem,
    DeskMark,
    Event,
    EventMessage,
    Feedback,
    FeedbackComment,
    FloorQuestion,
    FloorVote,
    Invitation,
    Lead,
    Organiser,
    Output,
    ParticipantKind,
    PlaceOffer,
    Pool,
    QueueLine,
    SignUp,
    Speaker,
    SpeakerClaim,
)
from projects.models import (
    BusinessCase,
    Discovery,
    Need,
    NeedSupport,
    PotentialProject,
    PriorityIssue,
    Project,
    Prototype,
    StatusUpdate,
)
from publishing.models import CaseStudyPage, NewsPage
from sealing.models import Round
from steering.models import BodyAttendance, Decision, Meeting
from take_up.models import Adoption, Benefit
from voting.models import Ballot, BallotProject, Choice, Option, Receipt, RecordCode, RollEntry, Vote

STEP = 1_000_000  # how far the keys of one copy lie from those of the next
COPIED: tuple[type[models.Model], ...] = (
    User,
    Membership,
    Discovery,
    Need,
    NeedSupport,
    PriorityIssue,
    PotentialProject,
    Prototype,
    Prototype.needs.through,
    Project,
    Project.partners.through,
    BusinessCase,
    StatusUpdate,
    Event,
    Event.services.through,
    Event.needs.through,
    Event.prototypes.through,
    Event.skills.through,
    AgendaItem,
    Speaker,
    SpeakerClaim,
    Organiser,
    ParticipantKind,
    Pool,
    Pool.participant_kinds.through,
    SignUp,
    PlaceOffer,
    QueueLine,
    DeskMark,
    Invitation,
    EventMessage,
    FloorQuestion,
    FloorVote,
    Output,
    Lead,
    Feedback,
    FeedbackComment,
    Asset,
    Asset.services.through,
    Adoption,
    Round,
    Ballot,
    Option,
    RollEntry,
    Vote,
    Choice,
    Receipt,
    RecordCode,
    BallotProject,
    Meeting,
    BodyAttendance,
    Decision,
    Page,
    CaseStudyPage,
    NewsPage,
    Benefit,
    AuditEvent,
)


def multiply(times: int) -> None:
    """Make the programme in the database, which is SQLite and may be thrown away, `times` as large."""
    with connection.cursor() as cursor:
        # Nothing here has to survive a crash, and copies point at copies that are not written yet.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -400000"):
            cursor.execute(f"PRAGMA {pragma}")
        indexes = _put_aside_indexes(cursor)
        with transaction.atomic():
            for model in COPIED:
                cursor.execute(_copies_of(model, times))
            cursor.execute(_COUNT_CHILDREN)
        for statement in indexes:
            cursor.execute(statement)
        cursor.execute("ANALYZE")
    connection.close()


_PAGES = connection.ops.quote_name(Page._meta.db_table)
_COUNT_CHILDREN = (
    f"UPDATE {_PAGES} SET numchild = (SELECT COUNT(*) FROM {_PAGES} child "
    f"WHERE child.path LIKE {_PAGES}.path || '____' AND child.depth = {_PAGES}.depth + 1)"
)


def _put_aside_indexes(cursor: CursorWrapper) -> list[str]:
    """Drop the plain indexes of the tables that are copied; returns the statements that make them again."""
    tables = [model._meta.db_table for model in COPIED]
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%%' "
        f"AND tbl_name IN ({', '.join(['%s'] * len(tables))})",
        tables,
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    return [statement for _, statement in indexes]


def _copies_of(model: type[models.Model], times: int) -> str:
    """One statement that writes every copy of a table's rows."""
    fields = model._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    values = ", ".join(_value(model, field) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    counted = f"SELECT 1 UNION ALL SELECT number + 1 FROM copies WHERE number < {times - 1}"
    return (
        f"INSERT INTO {table} ({columns}) WITH RECURSIVE copies(number) AS ({counted}) "
        f"SELECT {values} FROM {table} original, copies {_which(model)}"
    )


def _which(model: type[models.Model]) -> str:
    """Every row; of pages, the case studies and news alone."""
    if model is not Page:
        return ""
    copied = " UNION ".join(f"SELECT page_ptr_id FROM {kind._meta.db_table}" for kind in (CaseStudyPage, NewsPage))
    return f"WHERE original.id IN ({copied})"


def _value(model: type[models.Model], field: models.Field) -> str:
    """What a copy has in a column: keys moved on, the copy's number added to what must be unique."""
    column = f"original.{connection.ops.quote_name(field.column)}"
    special = _SPECIAL.get((model, field.name))
    if special:
        return special
    is_key = field.primary_key or field.related_model in COPIED
    if is_key and isinstance(
        field.target_field if field.is_relation else field, models.AutoField | models.BigAutoField
    ):
        return f"{column} + copies.number * {STEP}"
    if isinstance(field, models.UUIDField):
        return f"substr({column}, 1, 24) || printf('%08d', copies.number)"
    if isinstance(field, models.CharField) and (field.unique or field.name in _UNIQUE_TOGETHER):
        return f"CASE {column} WHEN '' THEN '' ELSE copies.number || '-' || {column} END"
    return column


_UNIQUE_TOGETHER = {"repository_key"}
_SPECIAL: dict[tuple[type[models.Model], str], str] = {
    # Beside the original, under the same parent.
    (
        Page,
        "path",
    ): "substr(original.path, 1, length(original.path) - 4) || printf('%04d', 200 + original.id * 100 + copies.number)",
    (Page, "slug"): "original.slug || '-' || copies.number",
    (Page, "url_path"): "rtrim(original.url_path, '/') || '-' || copies.number || '/'",
    # Five letters at most, and one per ballot.
    (Ballot, "code"): "substr(original.code, 1, 0) || printf('%06x', original.id * 1000 + copies.number)",
    (Event, "question_set"): "NULL",  # its questions are of one event
    (Meeting, "day"): "date('1800-01-01', (original.id * 100 + copies.number) || ' days')",
}
