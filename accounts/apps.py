from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Your account"

    def ready(self) -> None:
        from allauth.mfa.models import Authenticator
        from django.contrib.auth.models import Group

        from accounts import receivers, rights  # noqa: F401 - the receivers listen from now on
        from accounts.models import User
        from audit import words as trail

        trail.names_person(User)
        rights.rest_on(Group, User.groups.through, Authenticator)
