"""What time triggers."""

from accounts import sent_forms
from core.schedules import every


@every(days=1)
def forget_sent_forms() -> None:
    sent_forms.forget_sent_forms()
