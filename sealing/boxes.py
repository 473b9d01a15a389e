"""Sealed boxes: an answer as bytes of one length for all, which only the private key of its round opens."""

import json
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

_FILLING = b"\0"  # no JSON text ends with it


class TooLong(Exception):
    """Raised where an answer does not fit into the length of its round."""


class Damaged(Exception):
    """Raised where a key does not open a box: one of the two is not what it was."""


def public_half(private_key: bytes) -> bytes:
    """The key that seals for a private one."""
    return bytes(PrivateKey(private_key).public_key)


def sealed(answer: dict[str, Any], *, public_key: bytes, length: int) -> bytes:
    """The answer in a box of a size that follows from `length` alone."""
    text = json.dumps(answer, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    if len(text) > length:
        raise TooLong
    return bytes(SealedBox(PublicKey(public_key)).encrypt(text.ljust(length, _FILLING)))


def opened(box: bytes, *, private_key: bytes) -> dict[str, Any]:
    """The answer that was sealed."""
    try:
        text = SealedBox(PrivateKey(private_key)).decrypt(box)
    except (CryptoError, ValueError) as problem:
        raise Damaged from problem
    answer: dict[str, Any] = json.loads(text.rstrip(_FILLING))
    return answer
