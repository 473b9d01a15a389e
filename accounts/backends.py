"""Who somebody is: signing in by e-mail address, and the person of a session."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from accounts.models import User
from core.statements import built_once


class ByAddress(AuthenticationBackend):
    """allauth's, which does not build anew with every request the query that reads the person of a session."""

    def get_user(self, user_id: Any) -> User | None:
        return next((user for user in _of_key(int(user_id)) if self.user_can_authenticate(user)), None)


@built_once
def _of_key(key: int) -> QuerySet[User]:
    return User.objects.filter(pk=key)
