"""Addresses that people may give: http and https, with a host, without a name or password in them."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

_is_web_address = URLValidator(schemes=["http", "https"])


def check_link(address: str) -> None:
    """ValidationError in words for what is no plain web address."""
    try:
        parts = urlsplit(address)
        _is_web_address(address)
    except (ValidationError, ValueError) as problem:
        raise ValidationError("Give a web address that begins with https:// or http://.") from problem
    if parts.username is not None or parts.password is not None:
        raise ValidationError("Leave user name and password out of the address.")
