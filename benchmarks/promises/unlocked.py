"""The pages served without the lock on an event's row: the control, in which places must be sold twice."""

import time

from django.db.models import QuerySet

from portal.wsgi import application

__all__ = ["application"]


def _unlocked(rows: QuerySet, **kwargs: object) -> QuerySet:
    time.sleep(0.005)  # so that the processes overlap on two cores too
    return rows.all()


QuerySet.select_for_update = _unlocked  # type: ignore[method-assign]  # the control takes every lock away
