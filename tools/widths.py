"""The fonts of the report in, `synopse/render/widths.json` out: how wide each letter of a table is, in thousandths of its size.

python -m tools.widths

LuaLaTeX loads the fonts as the report does and tells the advance of each letter; a letter that a font lacks is not in the table.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

WIDTHS = Path(__file__).resolve().parent.parent / "synopse/render/widths.json"
FACES = {"regular": "LinLibertine_R.otf", "bold": "LinLibertine_RB.otf", "italic": "LinLibertine_RI.otf",
         "head": "LinBiolinum_RB.otf", "picture": "LinBiolinum_R.otf"}  # fmt: skip
LETTERS = (range(0x20, 0x7F), range(0xA0, 0x250), range(0x370, 0x400), range(0x400, 0x460), range(0x1E00, 0x1F00),
           range(0x2010, 0x2040), range(0x20A0, 0x20C0), range(0x2190, 0x2194), range(0x2200, 0x2270))  # fmt: skip
ASKING = r"""\documentclass{article}\usepackage{fontspec}
\directlua{out = io.open("widths.txt", "w")}
%s
\directlua{out:close()}
\begin{document}x\end{document}
"""
FACE = r"""{\fontspec{%s}[Ligatures=TeXOff,%s]\fontsize{100}{100}\selectfont\directlua{
  local f = font.getfont(font.current())
  for slot, c in pairs(f.characters) do
    if slot < 65536 and c.width then out:write("%s ", slot, " ", math.floor(c.width / f.size * 1000 + 0.5), "\string\n") end
  end}}"""


def measured() -> dict[str, dict[str, int]]:
    """The width of each letter, by face."""
    faces = "\n".join(
        FACE % (file, "" if name in ("head", "picture") else "Numbers={Lining,Tabular}", name)
        for name, file in FACES.items()
    )
    wanted = {slot for letters in LETTERS for slot in letters}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "asking.tex").write_text(ASKING % faces, "utf-8")
        command = ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "asking.tex"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        found: dict[str, dict[str, int]] = {name: {} for name in FACES}
        for line in (Path(folder) / "widths.txt").read_text("utf-8").splitlines():
            name, slot, width = line.split()
            if int(slot) in wanted:
                found[name][chr(int(slot))] = int(width)
    return {name: dict(sorted(letters.items())) for name, letters in found.items()}


if __name__ == "__main__":
    text = json.dumps(measured(), ensure_ascii=False, separators=(",", ":"))
    WIDTHS.write_text(text.replace("},", "},\n") + "\n", "utf-8")
