"""A caption that a person typed is printed, or it is told that it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.project.texts import Texts
from tests.conftest import scalar
from tests.pipeline.test_up_to_date import png


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('![a](dot.png "Le plan")', 0),
        ('Voici.\n\n> ![a](dot.png "Le plan")\n', 0),
        ('- un\n- deux\n\n  ![a](dot.png "Le plan")\n', 0),
        ('Note.[^n]\n\n[^n]: Mot.\n\n    ![a](dot.png "Le plan")\n', 0),
        ("Voir ![a](dot.png) ici", 0),
        ('Voir ![a](dot.png "Le plan") ici', 1),
        ('> ![a](dot.png "Le plan")', 1),
        ('| a |\n|---|\n| ![a](dot.png "Le plan") |\n', 1),
        ('Voir ![a](dot.png "Le plan").\n\n![a](dot.png "Le plan")\n', 1),
    ],
)
def test_a_caption_is_printed_or_told(text: str, told: int, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/dot.png").write_bytes(png(1))
    _, found = Texts(tmp_path, "fr").read(scalar(text))
    assert [each.code for each in found] == ["inline-caption"] * told
