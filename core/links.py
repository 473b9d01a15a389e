"""Addresses that people may give: http and https, on the public web, with nothing hidden in them."""

import ipaddress
import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from core.text import has_hidden_marks

_is_web_address = URLValidator(schemes=["http", "https"])
# Names that never leave one's own machine, network or data centre.
_PRIVATE_NAME = re.compile(r"(^|\.)(localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa)$")


def check_link(address: str) -> None:
    """ValidationError in words for what is no plain address of the public web."""
    if has_hidden_marks(address):
        raise ValidationError("This address holds marks that cannot be seen. Type it anew.")
    try:
        parts = urlsplit(address)
        _is_web_address(address)
    except (ValidationError, ValueError) as problem:
        raise ValidationError("Give a web address that begins with https:// or http://.") from problem
    if _is_private((parts.hostname or "").rstrip(".")):
        raise ValidationError("This address leads into a private network. Give one that everybody can open.")
    if parts.username is not None or parts.password is not None:
        raise ValidationError("Leave user name and password out of the address.")


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return _PRIVATE_NAME.search(host) is not None
