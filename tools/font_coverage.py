"""Makes `synopse/markup/coverage.json`: which characters each font has, from fontconfig's `fc-query`.

Run on a machine with the fonts of the README (Debian 12): `python tools/font_coverage.py`.
"""

import json
import subprocess
from pathlib import Path

FONTS = Path("/usr/share/fonts")
FIRST = ["LinLibertine_R.otf", "NotoSerif-Regular.ttf", "NotoSans-Regular.ttf", "NotoSansMath-Regular.ttf"]
FIRST += ["NotoSansSymbols-Regular.ttf", "NotoSansSymbols2-Regular.ttf", "NotoNaskhArabic-Regular.ttf"]
LEFT_OUT = ("Looped", "Display", "Rashi", "Kufi", "Unjoined", "Traditional", "Nastaliq", "Slanted", "Supplement")
PACKAGES = {"LinLib": "fonts-linuxlibertine", "NotoSerifCJK": "fonts-noto-cjk"}


def main() -> None:
    """Writes the file: a list of [font file, Debian package, ranges], in order of preference."""
    found = {path.name: path for path in FONTS.rglob("Noto*-Regular.tt?")} | {FIRST[0]: next(FONTS.rglob(FIRST[0]))}
    kept = [name for name in found if not any(word in name for word in LEFT_OUT) and "SansCJK" not in name]
    kept = [name for name in kept if not ("Tifinagh" in name and name != "NotoSansTifinagh-Regular.ttf")]
    order = {name: rank for rank, name in enumerate(FIRST)}
    kept.sort(key=lambda name: (order.get(name, 99), "CJK" in name, "Serif" not in name, name))
    rows: list[list[str]] = []
    seen: set[int] = set()
    for name in kept:
        command = ["fc-query", "--index", "0", "--format", "%{charset}", str(found[name])]
        ranges = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        points = {p for r in ranges.split() for p in range(int(r.split("-")[0], 16), int(r.split("-")[-1], 16) + 1)}
        new = sorted(points - seen)
        seen |= points
        if new:
            package = next((p for start, p in PACKAGES.items() if name.startswith(start)), "fonts-noto-core")
            rows.append([name, package, _ranges(new)])
    body = ",\n".join(json.dumps(row) for row in rows)
    Path("synopse/markup/coverage.json").write_text(f"[\n{body}\n]\n", "utf-8")


def _ranges(points: list[int]) -> str:
    parts, start, last = [], points[0], points[0]
    for point in [*points[1:], -1]:
        if point == last + 1:
            last = point
            continue
        parts.append(f"{start:x}-{last:x}" if last > start else f"{start:x}")
        start = last = point
    return " ".join(parts)


if __name__ == "__main__":
    main()
