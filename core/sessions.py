"""Sessions in the database, for which a cookie with an impossible key is no session."""

import datetime as dt
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as RowSessionStore
from django.db.models import QuerySet
from django.utils import timezone

from core.statements import built_once


class SessionStore(RowSessionStore):
    """Django's store, without a query for a malformed key: PostgreSQL refuses a statement with a NUL byte."""

    def _validate_session_key(self, key: Any) -> bool:
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()  # type: ignore[misc]  # Django has it, the stubs do not

    def _get_session_from_db(self) -> Any:
        """The row of a living session. Django's own builds its query anew for each request."""
        rows = _living(str(self.session_key), timezone.now())
        if not rows:
            self._session_key = None
            return None
        return rows[0]


@built_once
def _living(key: str, moment: dt.datetime) -> QuerySet:
    return SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=moment)
