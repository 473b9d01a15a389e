"""Addresses that are a right: a random key of 128 bits, signed for the one thing that the address is for."""

import uuid

from django.core.signing import BadSignature, Signer


def token_of(purpose: str, key: uuid.UUID) -> str:
    """What stands in the address: the key and its signature for this purpose. Until when it holds, its record says."""
    return Signer(salt=purpose, sep=".").sign(key.hex)


def key_in(purpose: str, token: str) -> uuid.UUID | None:
    """The key that a token was made of for this purpose; None for one that we never gave, or gave for another."""
    try:
        return uuid.UUID(hex=Signer(salt=purpose, sep=".").unsign(token))
    except (BadSignature, ValueError):
        return None
