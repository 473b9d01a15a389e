"""Bundles that somebody altered."""

import json

from voting.record.chain import chained


def changed_by_one_byte(whole, dice):
    """The bytes with one of them replaced by another."""
    place = dice.randrange(len(whole))
    other = dice.choice([byte for byte in range(256) if byte != whole[place]])
    return whole[:place] + bytes([other]) + whole[place + 1 :]


def altered_and_hashed_anew(text, change):
    """The bundle after `change` of its parts, with hashes and a code that fit: nothing in the file shows it."""
    bundle = json.loads(text)
    parts = {name: content for name, content, _ in bundle["parts"]}
    change(parts)
    return chained(parts)


def is_found(faults_of, whole, code=""):
    """Whether a verifier finds something wrong, or cannot read the file."""
    try:
        return bool(faults_of(whole.decode(), code))
    except (ValueError, LookupError, TypeError):  # no JSON, or no bundle
        return True
