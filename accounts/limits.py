"""How often one may ask, counted as allauth counts, and how long to wait after asking too often."""

from allauth.account import app_settings
from allauth.core import ratelimit
from allauth.core.internal import ratelimit as counting
from allauth.core.internal.ratelimit import parse_rates
from django.http import HttpRequest

# Here allauth may also send the code that confirms an address, which has a limit of its own.
_SENDS_CODES = {"account_login": "login", "account_signup": "signup", "account_email": "manage_email"}
_CODES = "confirm_email"
_SAID_IN_FORMS = "login_failed"  # wrong passwords are answered by the form, with their own wait


def seconds_to_wait(request: HttpRequest) -> int:
    """Seconds until the rate limit that this request has met lets it through again, at the latest."""
    name = request.resolver_match.url_name if request.resolver_match else None
    own = _SENDS_CODES.get(name or "")
    if name == "account_email_verification_sent" or (own and _is_free(request, own)):
        return _window(_CODES)
    return max(_window(action) for action in app_settings.RATE_LIMITS.keys() - {_CODES, _SAID_IN_FORMS})


def _is_free(request: HttpRequest, action: str) -> bool:
    return bool(ratelimit.consume(request, action=action, dry_run=True))


def _window(action: str) -> int:
    return max((int(rate.duration) for rate in parse_rates(app_settings.RATE_LIMITS[action])), default=0)


def is_within(request: HttpRequest, action: str, rates: str, *, key: str = "", dry_run: bool = False) -> bool:
    """Whether this request stays within rates such as `60/h/ip` or `3/15m/key`, as which it is counted."""
    return bool(
        counting.consume(
            request, app="portal", action=action, config={action: rates}, key=key, dry_run=dry_run, limit_get=True
        )
    )
