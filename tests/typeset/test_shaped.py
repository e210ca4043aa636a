"""Letters that change shape by their neighbours are set as their script has them, in the fonts that stand in for the text font."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from synopse.markup.fonts import fallbacks
from synopse.render.latex.document import luaotfload_fallback

pytestmark = pytest.mark.slow
ROUNDED = 0.1
"""Points that kerns may be off by rounding."""
SAMPLES = {
    "Arabic": "العربية", "Devanagari": "हिन्दी", "Bengali": "বাংলা ক্ষ", "Tamil": "தமிழ் கொ", "Telugu": "తెలుగు క్ష",
    "Kannada": "ಕನ್ನಡ ಕ್ಷ", "Malayalam": "മലയാളം ക്ഷ", "Gujarati": "ગુજરાતી ક્ષિ", "Gurmukhi": "ਪੰਜਾਬੀ ਸਿੰਘ",
    "Sinhala": "සිංහල ක්‍ෂ", "Thai": "ไทย น้ำ", "Khmer": "ភាសាខ្មែរ", "Tibetan": "བོད་ཡིག", "Syriac": "ܣܘܪܝܝܐ",
}  # fmt: skip
"""Words in each script in which letters join, change places or become one."""


def test_each_script_is_shaped_as_it_asks_for(tmp_path: Path) -> None:
    lines = [r"\documentclass{article}\usepackage{fontspec}"]
    for number, (script, text) in enumerate(SAMPLES.items()):
        fonts, missing = fallbacks(text)
        assert not missing
        listed = ",".join(
            f'"file:{each.file}:mode={each.mode};{f"script={each.script};" if each.script else ""}"'
            for each in luaotfload_fallback(fonts, set(text))
        )
        name = chr(ord("a") + number)
        lines.append(rf'\directlua{{luaotfload.add_fallback("s{name}", {{{listed}}})}}')
        lines.append(
            rf"\newfontfamily\ours{name}{{LinLibertine_R.otf}}[Ligatures=TeXOff,RawFeature={{fallback=s{name}}}]"
        )
        lines.append(rf"\newfontfamily\theirs{name}{{{fonts[0].file}}}[Renderer=HarfBuzz,Script={script}]")
    lines.append(r"\begin{document}\makeatletter")
    for number, (script, text) in enumerate(SAMPLES.items()):
        for word in text.split():
            name = chr(ord("a") + number)
            lines.append(
                rf"\setbox0\hbox{{\ours{name} {word}}}\setbox2\hbox{{\theirs{name} {word}}}"
                rf"\typeout{{WIDTHS {script} \the\wd0 \space\the\wd2}}"
            )
    lines.append(r"\end{document}")
    (tmp_path / "a.tex").write_text("\n".join(lines), "utf-8")
    done = subprocess.run(
        ["lualatex", "-interaction=nonstopmode", "a.tex"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    widths = re.findall(r"WIDTHS (\w+) ([\d.]+)pt ([\d.]+)pt", done.stdout)
    assert len(widths) == sum(len(text.split()) for text in SAMPLES.values()), done.stdout[-1500:]
    differing = [each for each in widths if abs(float(each[1]) - float(each[2])) > ROUNDED]
    assert not differing
