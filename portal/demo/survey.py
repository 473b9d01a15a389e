"""The annual survey of 2013 and 2014, from the files that come with the portal."""

from pathlib import Path

from django.conf import settings

from surveys.waves.operations import import_survey

WAVES = Path(settings.BASE_DIR) / "surveys" / "waves" / "data"


def build() -> None:
    """Load both waves, with the response, the organisations named and the questionnaire."""
    import_survey(WAVES)
