"""Citation styles, with the real engine: each does what the table says of it (`synopse/bib/styles.json`).

`SYNOPSE_STYLES=all` tries every installed style, which takes some ten minutes; else a style of each sort is tried.
"""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from synopse.bib.styles import digest_of, find_files, installed_styles, known_styles
from tools.citation_styles import Verdict, kind_of, tex_version, tried

pytestmark = pytest.mark.slow
USED = ["authoryear", "numeric-comp", "alphabetic", "verbose-trad1", "authortitle-icomp", "ieee", "nejm", "apa", "mla",
        "nature", "science", "chem-acs", "phys", "vancouver", "chicago-authordate", "chicago-notes", "philosophy-classic",
        "gb7714-2015", "ext-authoryear", "ext-authornumber", "oxyear", "windycity", "abnt", "iso-numeric", "trad-plain", "sbl",
        "enc", "footnote-dw"]  # fmt: skip
"""Those that are asked for most, and one of each way to fail or to cite that was met."""


def chosen() -> list[str]:
    """The styles to try: the used ones, and of the refused ones one of each reason."""
    if os.environ.get("SYNOPSE_STYLES") == "all":
        return installed_styles()
    if known_styles()["tried"] != tex_version():
        return [name for name in USED if find_files([f"{name}.bbx"])]
    of_each_reason = {reason: name for name, (reason, _) in known_styles()["refused"].items()}
    return list(dict.fromkeys([*USED, *of_each_reason.values()]))


def test_each_style_does_what_the_table_says_of_it(tmp_path: Path) -> None:
    if shutil.which("kpsewhich") is None:
        pytest.skip("needs a TeX distribution")
    names = chosen()
    with ThreadPoolExecutor(2) as pool:
        verdicts = dict(zip(names, pool.map(lambda name: tried(name, "fr", tmp_path / name), names), strict=True))
    assert {name: told for name, each in verdicts.items() if (told := differing(name, each))} == {}


def differing(name: str, verdict: Verdict) -> str:
    """What a style does otherwise than the table says; empty where it does what it says."""
    known = known_styles()
    (refused, met), lacks = known["refused"].get(name, ("", "")), known["lacks"].get(name, "")
    if lacks and find_files([lacks]):
        return ""  # it has come with another package since
    if refused and met and digest_of(name, find_files([f"{name}.bbx", f"{name}.cbx"])) != met:
        return ""  # another version of the style, of which the table does not speak
    if (verdict.refused, verdict.lacks) != (refused, lacks):
        return verdict.refused or verdict.lacks or "works"
    if not refused and not lacks and name not in known["works"].get(kind_of(verdict.labels), ()):
        return f"cites otherwise: {verdict.labels}"
    return ""
