"""Sessions in the database, whose keys are what we give out: a cookie that holds anything else is a stranger's."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as RowSessionStore


class SessionStore(RowSessionStore):
    """Without this, a NUL byte in the cookie would reach PostgreSQL, which refuses the statement."""

    def _validate_session_key(self, key: Any) -> bool:
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()  # type: ignore[misc]  # Django has it, the stubs do not
