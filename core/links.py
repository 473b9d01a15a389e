"""The check of web addresses that people give."""

import ipaddress
import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from core.text import has_hidden_marks

# Over the web, or by the protocol of a version control.
_is_address = URLValidator(schemes=["http", "https", "git", "ssh", "svn", "git+ssh", "git+https", "svn+ssh"])
# Names that never leave one's own machine, network or data centre.
_PRIVATE_NAME = re.compile(r"(^|\.)(localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa)$")
# A host whose last part begins with a digit is a number in some notation: 127.1, 0x7f000001, 2130706433.
_NUMBER = re.compile(r"(^|\.)\d[\da-fx]*$")
# Of IPv4, what is not for everybody: networks of one's own, of carriers, for tests and multicast, the entry to 6to4,
# and the address at which one provider's machines reach their host.
_INSIDE = tuple(
    map(
        ipaddress.IPv4Network,
        """0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
        192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3
        168.63.129.16/32""".split(),
    )
)
# Of IPv6, the one block that is given out to sites, and what in it leads elsewhere: protocols, Teredo, 6to4, examples.
_GIVEN_OUT = ipaddress.IPv6Network("2000::/3")
_NOT_GIVEN_OUT = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))


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
    if is_private_host(parts.hostname or ""):
        raise ValidationError("This address leads into a private network. Give one that everybody can open.")
    if parts.username is not None or parts.password is not None:
        raise ValidationError("Leave user name and password out of the address.")


def check_page(address: str) -> None:
    """Raise ValidationError unless `address` is that of a page or file on the web that everybody can open."""
    check_repository(address)
    if not address.lower().startswith(("http://", "https://")):
        raise ValidationError("Give an address that begins with https:// or http://.")


def is_public_address(address: str) -> bool:
    """Whether an address of a machine is one that everybody can reach.

    `ipaddress` alone does not tell: it takes the forms of IPv6 that wrap 127.0.0.1 (NAT64, 6to4) for public.
    """
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(read, ipaddress.IPv4Address):
        return not any(read in network for network in _INSIDE)
    if read.scope_id or read not in _GIVEN_OUT:
        return False
    return not any(read in network for network in _NOT_GIVEN_OUT)


@lru_cache(maxsize=1024)
def is_private_host(host: str) -> bool:
    """Whether a host, as it stands in an address, is known to be inside a network: by its name or as a number."""
    host = unicodedata.normalize("NFKC", host).lower().replace("。", ".").rstrip(".")  # as browsers read it
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _PRIVATE_NAME.search(host) is not None or _NUMBER.search(host) is not None
    return not is_public_address(host)
