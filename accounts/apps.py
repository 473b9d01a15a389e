from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import receivers  # noqa: F401 - listens from now on
        from accounts.models import User
        from audit import words as trail

        trail.tells_of_people(User)
