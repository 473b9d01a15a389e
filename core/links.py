"""The check of web addresses that people give."""

import ipaddress
import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from core.text import has_hidden_marks

# Over the web, or by the protocol of a version control.
_is_address = URLValidator(schemes=["http", "https", "git", "ssh", "svn", "git+ssh", "git+https", "svn+ssh"])
# Names that never leave one's own machine, network or data centre.
_PRIVATE_NAME = re.compile(r"(^|\.)(localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa)$")


def check_repository(address: str) -> None:
    """Raise ValidationError unless `address` is the plain, public address of a repository or page."""
    if has_hidden_marks(address):
        raise ValidationError("This address holds marks that cannot be seen. Type it anew.")
    try:
        # The login of a version control, as in ssh://git@…, is nobody's name.
        plain = address.replace("ssh://git@", "ssh://", 1)
        parts = urlsplit(plain)
        _is_address(plain)
    except (ValidationError, ValueError) as problem:
        raise ValidationError("Give an address that begins with https://, http:// or git://.") from problem
    if _is_private((parts.hostname or "").rstrip(".")):
        raise ValidationError("This address leads into a private network. Give one that everybody can open.")
    if parts.username is not None or parts.password is not None:
        raise ValidationError("Leave user name and password out of the address.")


def check_page(address: str) -> None:
    """Raise ValidationError unless `address` is that of a page or file on the web that everybody can open."""
    check_repository(address)
    if not address.lower().startswith(("http://", "https://")):
        raise ValidationError("Give an address that begins with https:// or http://.")


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return _PRIVATE_NAME.search(host) is not None
