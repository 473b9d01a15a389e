"""Addresses of repositories that people may give: with a host, without a name or password in them."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

# Over the web, or by the protocol of a version control.
_is_address = URLValidator(schemes=["http", "https", "git", "ssh", "svn", "git+ssh", "git+https", "svn+ssh"])


def check_repository(address: str) -> None:
    """ValidationError in words for what is no plain address of a repository or page."""
    try:
        # The login of a version control, as in ssh://git@…, is nobody's name.
        plain = address.replace("ssh://git@", "ssh://", 1)
        _is_address(plain)
        parts = urlsplit(plain)
    except (ValidationError, ValueError) as problem:
        raise ValidationError("Give an address that begins with https://, http:// or git://.") from problem
    if parts.username is not None or parts.password is not None:
        raise ValidationError("Leave user name and password out of the address.")
