"""A line of the trail as people read it."""

from typing import Any

from django.apps import apps
from django.utils import timezone

from audit.models import AuditEvent

_HYPHENATED = {"sign up": "sign-up", "check in": "check-in", "run off": "run-off", "e mail": "e-mail"}


def deed(action: str) -> str:
    """`voting.vote_cast` as “Vote cast”."""
    words = action.rpartition(".")[2].replace("_", " ")
    for apart, joined in _HYPHENATED.items():
        words = words.replace(apart, joined)
    return words[:1].upper() + words[1:]


def kind(label: str) -> str:
    """`events.signup` as “Sign-up”; a kind that the site no longer has as it was written."""
    try:
        name = str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label
    name = "account" if label == "accounts.user" else _HYPHENATED.get(name, name)
    return name[:1].upper() + name[1:]


def details(given: Any) -> str:
    """What was noted beside the deed: `{"before": "reader", "by_hand": true}` as “Before: reader. By hand: yes”."""
    if isinstance(given, dict):
        return ". ".join(f"{name.replace('_', ' ').capitalize()}: {details(value)}" for name, value in given.items())
    if isinstance(given, list):
        return ", ".join(details(value) for value in given) or "none"
    if isinstance(given, bool):
        return "yes" if given else "no"
    return "none" if given in (None, "") else str(given).replace("_", " ")


def cells(line: AuditEvent) -> tuple[str, ...]:
    """When, who, what, about which record, and the details."""
    return (
        f"{timezone.localtime(line.at):%-d %b %Y, %H:%M:%S}",
        str(line.by) if line.by else "The portal",
        deed(line.action),
        line.about,
        f"{kind(line.about_kind)} {line.about_key}".strip(),
        details(line.details) if line.details else "",
    )
