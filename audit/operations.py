"""The only way to write the audit trail and its chain."""

from typing import Any

import structlog
from django.conf import settings
from django.db import IntegrityError, models, transaction

from audit import chain
from audit.kinds import kind_of
from audit.models import AuditEvent, ChainLink
from audit.owners import OWN, own_key
from core import clock

MOST_OF_A_LINK = 5_000


def log_action(
    action: str,
    *,
    by: Any,
    about: models.Model | None = None,
    own: Any = None,
    **details: Any,
) -> AuditEvent:
    """Add one line, inside the caller's transaction. `by` is None where the portal itself acted.

    `details` are plain JSON values: keys, states, reasons, counts; no names and no addresses. `own` is the row with
    which it was done, where it names its person only for a while: if that is `by`, the line has its key and no name.
    """
    written = line(action, by=by, about=about, own=own, **details)
    written.save(force_insert=True)
    return written


def line(
    action: str,
    *,
    by: Any,
    about: models.Model | None = None,
    own: Any = None,
    **details: Any,
) -> AuditEvent:
    """An unsaved line as of now, for callers that write many at once."""
    key = own_key(own, by) if own else ""
    if key:
        details |= {OWN: key}
    return AuditEvent(
        at=clock.now(),
        by=None if key else by,
        action=action,
        about_kind=kind_of(about) if about else "",
        about_key=str(about.pk) if about else "",
        about=_title(about)[:200] if about else "",
        details=details,
        # Another line of the same request may have the name.
        request_id="" if key else structlog.contextvars.get_contextvars().get("request_id", ""),
    )


def _title(about: models.Model) -> str:
    """The record's title; the number of an account instead of a name, which must not outlive the account."""
    if about._meta.label == settings.AUTH_USER_MODEL:
        return f"Account {about.pk}"
    return str(about)


def extend_chain() -> int:
    """Add links for the lines that no link covers yet, and return how many lines they cover."""
    last = chain.head()
    late = chain.came_late(ChainLink.objects.filter(made_at__gte=clock.now() - chain.LATE_FOR).exclude(gaps=[]))
    covered = 0
    while link := _link_after(last, late):
        try:
            with transaction.atomic():
                link.save(force_insert=True)
        except IntegrityError:  # another worker has added it
            break
        covered += link.lines
        last, late = link, []
    return covered


def _link_after(last: ChainLink | None, late: list[int]) -> ChainLink | None:
    previous, reached = (last.digest, last.up_to) if last else ("", 0)
    lines = chain.lines_after(reached, most=MOST_OF_A_LINK)
    if not lines and not late:
        return None
    keys = [line[0] for line in lines]
    return ChainLink(
        previous=previous,
        digest=chain.digest_of(previous, [*lines, *chain.lines_of_keys(late)]),
        after=reached,
        up_to=keys[-1] if keys else reached,
        lines=len(lines) + len(late),
        gaps=chain.gaps_in(keys, after=reached),
        late=late,
    )
