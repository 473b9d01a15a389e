"""Sessions in the database, for which a cookie with an impossible key is no session."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as RowSessionStore


class SessionStore(RowSessionStore):
    """Django's store, without a query for a malformed key: PostgreSQL refuses a statement with a NUL byte."""

    def _validate_session_key(self, key: Any) -> bool:
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()  # type: ignore[misc]  # Django has it, the stubs do not
