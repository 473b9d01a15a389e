"""Alter bundles of votes and count how much of it the verifiers find; write the result as JSON.

python -m benchmarks.promises.bundles --changes 1000 --drawn 1000

First so many drawn elections of each method are counted by the verifier in Python and by that of the browser (where
Node is), which have to agree with the server. Then bundles are changed by one byte, and others altered and hashed
anew, which only the code that was mailed can show. The control is a verifier that counts and compares no hash: it has
to miss some.
"""

import argparse
import importlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.promises.bundles", description=__doc__)
    parser.add_argument("--changes", type=int, default=1_000)
    parser.add_argument("--drawn", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=2014)
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    import django

    django.setup()
    from benchmarks.promises.__main__ import made_by, write

    began = time.monotonic()
    sizes = {"changes": chosen.changes, "drawn": chosen.drawn}
    report: dict[str, Any] = {"promise": "p11", "seed": chosen.seed, "sizes": sizes, **made_by()}
    report |= kept(chosen.changes, chosen.drawn, random.Random(chosen.seed))
    report["seconds"] = round(time.monotonic() - began)
    write("p11", report)
    broken = faults(report)
    print("Kept." if not broken else f"Broken: {', '.join(broken)}.")
    sys.exit(1 if broken else 0)


def kept(changes: int, drawn: int, dice: random.Random) -> dict[str, Any]:
    """What was altered and what was found, by whom."""
    from tests.voting.record.altering import altered_and_hashed_anew, changed_by_one_byte, is_found
    from tests.voting.record.browser import faults_in_browser, node
    from tests.voting.record.profiles import drawn_bundle
    from voting.methods import METHODS
    from voting.record.chain import canonical
    from voting.record.views import VERIFIER

    sys.path.insert(0, str(VERIFIER))
    verifier = importlib.import_module("recount_bundle")

    def in_browser(texts: list[str]) -> list[list[str]] | None:
        with tempfile.TemporaryDirectory() as folder:
            return faults_in_browser(Path(folder), texts) if node() else None

    report: dict[str, Any] = {"methods": {}}
    wholes = []
    for key in METHODS:
        bundles = [drawn_bundle(key, dice) for _ in range(drawn)]
        texts = [canonical(bundle) for bundle in bundles]
        found = in_browser(texts)
        report["methods"][key] = {
            "drawn": drawn,
            "tied": sum(bool(bundle["parts"][6][1]["tied"]) for bundle in bundles),
            "python_differs": sum(bool(verifier.faults_of(text)) for text in texts),
            "browser_differs": None if found is None else sum(map(bool, found)),
        }
        wholes += list(zip(texts, bundles, strict=True))[:20]
    changed = [changed_by_one_byte(dice.choice(wholes)[0].encode(), dice) for _ in range(changes)]
    found = in_browser([each.decode(errors="replace") for each in changed])
    report["one_byte"] = {
        "changes": changes,
        "python_found": sum(is_found(verifier.faults_of, each) for each in changed),
        "browser_found": None if found is None else sum(map(bool, found)),
        "control_found": without_hashes(verifier, lambda faults_of: sum(is_found(faults_of, e) for e in changed)),
    }

    def drop_receipts(parts: dict[str, Any]) -> None:
        parts["receipts"] = parts["receipts"][1:]

    anew = [(altered_and_hashed_anew(text, drop_receipts), bundle["code"]) for text, bundle in wholes]
    anew = [(canonical(bundle), code) for bundle, code in anew if bundle["code"] != code]  # had a receipt
    report["hashed_anew"] = {
        "altered": len(anew),
        "found_with_the_code": sum(bool(verifier.faults_of(text, code)) for text, code in anew),
        "found_without": sum(bool(verifier.faults_of(text)) for text, _ in anew),
    }
    return report


def without_hashes(verifier: Any, count: Callable[[Any], int]) -> int:
    """What is found by a verifier to which every hash and code looks right."""

    source = Path(verifier.__file__).read_text()
    blind = source.replace("if digests[-1].hexdigest() == said", "if True").replace(
        "if codes != {head} or faults", "if faults"
    )
    assert (blind.count("if True"), blind.count("if faults")) == (1, 1), "The verifier compares hashes otherwise now."
    made: dict[str, Any] = {"__name__": "blind"}
    exec(compile(blind, "blind", "exec"), made)
    return count(made["faults_of"])


def faults(report: dict[str, Any]) -> list[str]:
    """What was not kept, as words."""
    broken = [
        f"{who} counts {key} otherwise"
        for key, method in report["methods"].items()
        for who in ("python", "browser")
        if method[f"{who}_differs"]
    ]
    one_byte, anew = report["one_byte"], report["hashed_anew"]
    broken += [
        f"{who} missed a change"
        for who in ("python", "browser")
        if one_byte[f"{who}_found"] not in (None, one_byte["changes"])
    ]
    if one_byte["control_found"] == one_byte["changes"]:
        broken.append("the control found all")
    if anew["found_with_the_code"] != anew["altered"] or anew["found_without"]:
        broken.append("what was hashed anew")
    return broken


if __name__ == "__main__":
    main()
