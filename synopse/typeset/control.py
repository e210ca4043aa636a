"""biber's control file in; what of it biber should not be given, where no wall of the kernel holds biber, out.

biber takes parts of the file for Perl: it evaluates replacements of source maps, and puts what entries are sorted by between
braces of a string that it evaluates (`Biber::Utils::ireplace`, `Biber::sort_list`). It also reads any file, or address of the
network, that the file names as a source. biblatex writes nothing of that kind for a document of ours; a template could.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

_NAMESPACE = "{https://sourceforge.net/projects/biblatex}"
_SOURCE = {"type": "file", "datatype": "bibtex"}
_OPTIONS = {
    "output_encoding", "input_encoding", "debug", "mincrossrefs", "minxrefs", "sortcase", "sortupper",
}  # fmt: skip
"""What biblatex says to biber itself, beside the document's options."""
_PERL = re.compile(r"[{}$@`\"\\]")


def refused(bcf: bytes) -> str:
    """What biber should not be given; empty where there is nothing of that kind."""
    if re.search(rb"<!(?!--)", bcf):
        return "a definition of its own"
    try:
        root = ElementTree.fromstring(bcf)
    except ElementTree.ParseError:
        return "" if not bcf.strip() else "what is no XML"
    return next(_found(root), "")


def _found(root: ElementTree.Element) -> Iterator[str]:
    for each in root.iter(f"{_NAMESPACE}datasource"):
        named = {name: value for name, value in each.attrib.items() if name in _SOURCE}
        if each.text != "references.bib" or named != _SOURCE or each.get("glob", "false") != "false":
            yield f'the source "{each.text}"'
    for options in root.iter(f"{_NAMESPACE}options"):
        if options.get("component") == "biber":
            for key in options.iter(f"{_NAMESPACE}key"):
                if key.text not in _OPTIONS:
                    yield f'the option "{key.text}"'
    for name in ("presort", "sortitem", "sortexclusion", "map_step"):
        for each in root.iter(f"{_NAMESPACE}{name}"):
            said = [each.text or "", *each.attrib.values()]
            if any(_PERL.search(text) for text in said):
                yield f'what Perl would run: "{max(said, key=len)}"'
