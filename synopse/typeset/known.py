"""What is known of each version of TeX's parts, in one place: which lines of what a pass leaves change no page, and which are known ahead.

Each set below holds the versions with which it was tried: whole reports were built with them, and came out as latexmk
builds them. Of another version nothing is taken for known: every line counts, nothing is written ahead, and a preview reads
all that the report left. That costs passes, never a wrong PDF. To add a version, run the tests with it, and
`tests/typeset/test_known.py` first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LATEX = {"2022-11-01", "2024-11-01", "2026-06-01"}
"""LaTeX notes the number of the last page (`\\@abspage@last`) for hooks that no package here uses; a label that is not defined yet
may be given one ahead."""
BIBLATEX = {"3.18b", "3.20", "3.22"}
"""biblatex notes for itself which .bbl it read, and the context of each entry; a citation counts once in the .aux and in the .bcf."""
KOMA = {"3.38", "3.43", "3.49.2"}
"""KOMA-Script notes the width of the numbers in the contents; with `dynnumwidth` off, as in templates/preamble.tex, it goes unused."""
BOOKMARK = {"1.29", "1.31", "1.32"}
"""bookmark notes the line of the LaTeX file that a bookmark comes from."""
BBL = {"3.2", "3.3"}
"""Formats of biber's .bbl in which an entry stands alone, from `\\entry` to `\\endentry`, and may be left out."""

_OF_LATEX = re.compile(r"^\\gdef \\@abspage@last.*\n?", re.MULTILINE)
_OF_BIBLATEX = re.compile(r"^\\abx@aux@(?:read@\w+|nobblfile|defaultrefcontext|defaultlabelprefix).*\n?", re.MULTILINE)
_CITED = re.compile(r"^\\abx@aux@(?:cite|segm)\{.*\n", re.MULTILINE)
_OF_KOMA = re.compile(r"^\\global\\@namedef\{scr@dte@\w+@lastmaxnumwidth\}.*\n?", re.MULTILINE)
_OF_BOOKMARK = re.compile(r",srcline=\{\d+\},srcfile=\{[0-9A-F]*\}")
_CITED_IN_BCF = re.compile(rb"^ *<bcf:citekey [^>]*>([^<]*)</bcf:citekey>\n", re.MULTILINE)
_ENTRY = re.compile(r"^\s*\\entry\{([^{}]+)\}", re.MULTILINE)
_BBL_FORMAT = re.compile(r"^% \$ biblatex bbl format version (\S+) \$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of TeX's parts as they name themselves; empty where a part is missing or does not say."""

    latex: str = ""
    biblatex: str = ""
    koma: str = ""
    bookmark: str = ""

    def without_bookkeeping(self, text: str) -> str:
        """An auxiliary file without the lines that cannot affect any page: where the rest is as before, no pass is needed."""
        for known, lines in (
            (self.latex in LATEX, _OF_LATEX),
            (self.biblatex in BIBLATEX, _OF_BIBLATEX),
            (self.koma in KOMA, _OF_KOMA),
            (self.bookmark in BOOKMARK, _OF_BOOKMARK),
        ):
            if known:
                text = lines.sub("", text)
        if self.biblatex not in BIBLATEX:
            return text
        return _CITED.sub("", text) + "".join(dict.fromkeys(_CITED.findall(text)))

    def settled_control(self, bcf: bytes, aliases: Mapping[bytes, bytes] = MappingProxyType({})) -> bytes:
        """biber's control file with each citation once, in the order of the first: that is all that biber takes of them.

        biblatex writes the entry's own key for one of its `aliases` as soon as it knows the bibliography.
        """
        if self.biblatex not in BIBLATEX:
            return bcf
        cited = (aliases.get(key, key) for key in _CITED_IN_BCF.findall(bcf))
        return _CITED_IN_BCF.sub(b"", bcf) + b"\n".join(dict.fromkeys(cited))

    def forecast_refcontexts(self, aux: str, bbl: str) -> str:
        """The lines of reference contexts that biblatex would write for the entries of a new bibliography.

        Writing them ahead saves the pass that would only record them: the pass after biber can be the last (biblatex.sty, "always add default refcontext declarations
        to .aux after biber run"). Empty where the labels are there already.
        """
        context = re.search(r"^\\abx@aux@refcontext\{([^{}]*)\}", aux, re.MULTILINE)
        if self.biblatex not in BIBLATEX or context is None or r"\abx@aux@defaultrefcontext" in aux:
            return ""
        keys = sorted(set(entries(bbl)))
        return "".join(f"\\abx@aux@defaultrefcontext{{0}}{{{key}}}{{{context[1]}}}\n" for key in keys)

    def labels_ahead(self, labels: list[str]) -> str:
        """An .aux for a first pass: each label with a number as good as any.

        A link to a label that is not defined yet prints question marks instead of its words, from hyperref 2024 on: the
        lines would break elsewhere than in the next pass.
        """
        if self.latex not in LATEX:
            return ""
        return "\\relax \n" + "".join(
            f"\\newlabel{{{label}}}{{{{1.1}}{{1}}{{}}{{section.1.1}}{{}}}}\n" for label in labels
        )

    def cut_bbl(self, bbl: str, keys: set[str]) -> str:
        """The .bbl with the entries of `keys` alone; whole where its format is not known."""
        said = _BBL_FORMAT.search(bbl)
        if said is None or said[1] not in BBL:
            return bbl
        kept = lambda match: match[0] if match[1] in keys else ""  # noqa: E731
        return re.sub(r"^\s*\\entry\{([^{}]+)\}.*?\\endentry\n", kept, bbl, flags=re.MULTILINE | re.DOTALL)

    def small_aux(self, aux: str, bbl: str) -> str:
        """What a preview needs of the report's .aux: what biblatex knows of the citations in `bbl`. All, where that is not known."""
        if self.biblatex not in BIBLATEX:
            return aux
        context = re.findall(r"^\\abx@aux@refcontext\{.*\n", aux, re.MULTILINE)[:1]
        cited = [f"\\abx@aux@cite{{0}}{{{key}}}\n" for key in sorted(set(entries(bbl)))]
        own = "\\relax \n" + "".join([*context, *cited])
        return own + self.forecast_refcontexts(own, bbl)


def entries(bbl: str) -> list[str]:
    """The keys of a .bbl."""
    return _ENTRY.findall(bbl)
