"""The secret of a voting card: six words, in its QR code and to be typed, of which the portal keeps a digest.

Six words of 2,048 are one secret of 66 bits, whichever way it comes in. A token of 128 bits would take twelve words,
and nobody types those in a hall. 66 bits are enough here: a card can only be tried by asking the site, while its vote
is open, and at a thousand tries a second one of 500 cards would be met once in four million years. Whoever could read
the digests and try them elsewhere has the database, and needs no card.

The list is that of BIP39, made to be written down: no two of its words begin with the same four letters.
"""

import hashlib
import re
import secrets

from mnemonic import Mnemonic

LENGTH = 6
WORDS = Mnemonic("english").wordlist
_BY_BEGINNING = {word[:4]: word for word in WORDS}
_LONGEST = 200


def new_secret() -> str:
    """Six words drawn by chance, joined by hyphens."""
    return "-".join(secrets.choice(WORDS) for _ in range(LENGTH))


def read_secret(typed: str) -> tuple[str, list[str]]:
    """The secret that somebody typed, and what of it stands on no card; the secret is empty where it is none.

    Capitals, spaces and hyphens do not matter, nor what follows the first four letters of a word.
    """
    found = re.findall(r"[a-z]+", typed[:_LONGEST].casefold())
    unknown = [word for word in found if word[:4] not in _BY_BEGINNING]
    is_whole = len(found) == LENGTH and not unknown
    return "-".join(_BY_BEGINNING[word[:4]] for word in found) if is_whole else "", unknown


def digest_of(secret: str) -> str:
    """What the portal keeps of a card."""
    return hashlib.sha256(secret.encode()).hexdigest()
