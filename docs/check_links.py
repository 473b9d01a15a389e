"""Every link in the documents leads somewhere: to a file that exists, or to a heading in one."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(.*)$", re.M)


def anchors(text: str) -> set[str]:
    """The addresses of a document's headings, as code forges make them."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in HEADING.findall(text)}


def broken_links(document: Path) -> list[str]:
    broken = []
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        place, _, anchor = target.partition("#")
        file = (document.parent / place).resolve() if place else document
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file.read_text())):
            broken.append(f"{document.relative_to(ROOT)}: {target}")
    return broken


def main() -> None:
    installed = {".venv", "node_modules"}
    documents = [*ROOT.glob("*.md"), *(p for p in ROOT.glob("*/**/*.md") if not installed & set(p.parts))]
    broken = [line for document in documents for line in broken_links(document)]
    sys.stderr.write("".join(f"{line}\n" for line in broken))
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
