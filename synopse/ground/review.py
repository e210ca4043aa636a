"""A folder in; the review that it belongs to out."""

from __future__ import annotations

from pathlib import Path

NO_REVIEW = """\
There is no review here: neither this folder nor one above it holds sources/report.yaml.
Begin one with: synopse init my-review
"""


def review_around(folder: Path) -> Path | None:
    """The review's folder: this one, or the first above it, that holds `sources/report.yaml`; none where none does."""
    around = (folder, *folder.parents)
    return next((each for each in around if (each / "sources" / "report.yaml").is_file()), None)
