"""The types and fields of BibTeX and of exports, as biblatex's own (manual, § 2.1.2 and § 2.2.5; biblatex.def)."""

from __future__ import annotations

TYPE_ALIASES = {
    "conference": "inproceedings",
    "electronic": "online",
    "www": "online",
    "webpage": "online",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "techreport": "report",
}
OWN_TYPES = frozenset(["webpage"])
"""Those of the types that biblatex does not know."""
TYPE_OF = {"mastersthesis": "mathesis", "phdthesis": "phdthesis", "techreport": "techreport"}
FIELD_ALIASES = {
    "address": "location",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "hyphenation": "langid",
    "journal": "journaltitle",
    "pdf": "file",
    "primaryclass": "eprintclass",
    "school": "institution",
    "key": "sortkey",
    "keyword": "keywords",
    "arxivid": "eprint",
    "arxiv": "eprint",
}
OWN_ALIASES = frozenset(("arxivid", "arxiv"))
"""Those of the aliases that biblatex does not know."""
