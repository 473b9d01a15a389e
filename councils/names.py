"""Names of products, in a form in which two spellings of one are the same."""

import re
import unicodedata

# What a supplier or an officer adds to a product's name, or leaves out.
_ADDED = frozenset("the ltd limited plc inc uk llp software system systems solution solutions".split())
_VERSION = re.compile(r"v?\d+(?:\.\d+)*")


def product_key(name: str) -> str:
    """The normal form of a product's name: no case, accents, signs, spaces, legal form or version at its end.

    `Northgate M3`, `northgate-m3` and `Northgate M3 software v2.1` have the same; a name of nothing but such words
    keeps them.
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.findall(r"\d+(?:\.\d+)+|v\d+(?:\.\d+)*|[^\W_]+", plain)
    kept = [word for word in words if word not in _ADDED]
    while len(kept) > 1 and _VERSION.fullmatch(kept[-1]):
        kept.pop()
    return "".join(kept or words).replace(".", "")[:100]
