"""The PDF of a pack, made from what was frozen and from nothing else."""

import base64
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from steering.models import Pack
from steering.packs.press import CANNOT
from steering.packs.shown import shown

SECONDS = 300  # which a pack of 400 projects does not take on a busy machine
FONTS = ("inter-latin.woff2", "inter-latin-ext.woff2")
NO_PRESS = "This site cannot make a PDF. Print this page instead: it is laid out for paper."
TOO_SLOW = "It took too long to make."
BROKEN = "It could not be made."


class NotPrinted(Exception):
    """There is no PDF, with why in a sentence for the page."""


@dataclass(frozen=True)
class Printed:
    pages: int
    pdf: bytes


def print_of(pack: Pack) -> Printed:
    """The PDF of a pack; raises NotPrinted with the reason."""
    site = {"site_name": settings.SITE_NAME, "base": settings.BASE_URL}
    return press(render_to_string("steering/pack_print.html", {**shown(pack), **site}))


def press(html: str) -> Printed:
    """The PDF of HTML, by a process of its own that has nothing of this one's but the HTML and the fonts."""
    handed = json.dumps({"html": html, "files": {name: base64.b64encode(font).decode() for name, font in _fonts()}})
    try:
        done = subprocess.run(
            [sys.executable, "-m", "steering.packs.press"],
            input=handed.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=settings.BASE_DIR,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"},
        )
    except subprocess.TimeoutExpired as slow:
        raise NotPrinted(TOO_SLOW) from slow
    if done.returncode == CANNOT:
        raise NotPrinted(NO_PRESS)
    pages, _, pdf = done.stdout.partition(b"\n")
    if done.returncode or not pdf:
        raise NotPrinted(BROKEN) from RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    return Printed(int(pages), pdf)


def _fonts() -> list[tuple[str, bytes]]:
    """The house's fonts, by the names that the style sheet of the print calls them."""
    found = ((name, finders.find(f"look/fonts/{name}")) for name in FONTS)
    return [(name, Path(path).read_bytes()) for name, path in found if path]
