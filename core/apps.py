from django.apps import AppConfig
from django.forms import EmailField


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import key_folder, privacy  # noqa: F401 - registers the checks once every model is there
        from core.forms import check_address

        # In libraries' forms too: an address that is typed here is written to.
        EmailField.default_validators = [check_address]
