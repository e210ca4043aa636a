"""CHANGELOG.md in; what each version changes for a review out, a line each.

What is for whoever has a review stands under the heading `For your review` of its version. The wheel carries the file.
"""

from __future__ import annotations

import re
from pathlib import Path

import synopse

FOR_A_REVIEW = "For your review"


def numbered(version: str) -> tuple[int, ...]:
    """A version as numbers that can be compared: `2.10.1` is after `2.9`."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def for_reviews(text: str) -> dict[str, list[str]]:
    """The lines for whoever has a review, by version, in the order of the file."""
    found: dict[str, list[str]] = {}
    version, heading = "", ""
    for line in text.split("\n"):
        if line.startswith("## "):
            version, heading = line[3:].split()[0], ""
        elif line.startswith("### "):
            heading = line[4:].strip()
        elif heading == FOR_A_REVIEW and line.startswith("- "):
            found.setdefault(version, []).append(line[2:])
        elif heading == FOR_A_REVIEW and line.startswith("  ") and version in found:
            found[version][-1] += f" {line.strip()}"
    return found


def changes_since(version: str, text: str | None = None) -> list[tuple[str, str]]:
    """What has changed for a review since a version: pairs of a version and a line, the oldest version first."""
    lines = for_reviews(changelog() if text is None else text)
    newer = sorted((each for each in lines if numbered(each) > numbered(version)), key=numbered)
    return [(each, line) for each in newer for line in lines[each]]


def changelog() -> str:
    """The text of the program's CHANGELOG.md."""
    return (Path(synopse.__file__).parent / "CHANGELOG.md").read_text("utf-8")
