"""A source of chance in; the type and fields of an entry, as one of the programs that export .bib writes it, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bib.forms import PAGES

if TYPE_CHECKING:
    from tests.bib.entries import Maker


def _scopus(make: Maker) -> tuple[str, dict[str, str]]:
    kind = make.one(["ARTICLE", "CONFERENCE", "BOOK", "ARTICLE", "INCOLLECTION"])
    return kind, {"author": make.names(), "title": make.text(), "journal": make.text(4), "year": "2020", "volume": "12", "number": "3",
                  "pages": make.one(["101-120", "", "12"]), "doi": make.value("doi"), "note": "cited By 12", "source": "Scopus", "document_type": "Article",
                  "url": "https://www.scopus.com/inward/record.uri?eid=2-s2.0-85&doi=10.1016%2fj.x&partnerID=40&md5=abc", "publisher": make.text(2),
                  "issn": "09924990", "language": "English", "author_keywords": "a; b", "abbrev_source_title": "J. X"}  # fmt: skip


def _wos(make: Maker) -> tuple[str, dict[str, str]]:
    return make.one(["article", "inproceedings", "book"]), {
        "Author": make.names(), "Title": "{" + make.text() + "}", "Journal": "{" + make.text(4) + "}", "Booktitle": "{" + make.text(4) + "}",
        "Year": "{2020}", "Volume": "{12}", "Number": "{3}", "Pages": "{101-120}", "Month": "{" + make.one(["MAR", "JUL 15", "SEP-OCT"]) + "}",
        "DOI": "{" + make.value("doi") + "}", "ISSN": "{0992-499X}", "Unique-ID": "ISI:000123", "Times-Cited": "{5}", "Series": "{" + make.text(3) + "}",
        "Note": "{" + make.text(4) + "}", "Address": "{London}", "Publisher": "{" + make.text(2) + "}"}  # fmt: skip


def _zotero(make: Maker) -> tuple[str, dict[str, str]]:
    kind = make.one(["article", "misc", "incollection", "inproceedings", "phdthesis", "techreport", "book", "online"])
    return kind, {"title": make.text(), "author": make.names(), "copyright": "CC BY", "issn": "0992-499X", "url": make.value("url"), "doi": make.value("doi"),
                  "language": make.value("language"), "number": "3", "urldate": "2021-01-05", "month": make.one(["{mar}", "mar", "{}"]), "year": "2020",
                  "journal" if kind == "article" else "publisher": make.text(3), "pages": make.one(PAGES), "keywords": "a, b", "abstract": "100 \\% of {it}",
                  "note": make.text(4), "shorttitle": make.text(2), "school" if kind == "phdthesis" else "address": make.text(2)}  # fmt: skip


def _dblp(make: Maker) -> tuple[str, dict[str, str]]:
    return make.one(["inproceedings", "article"]), {
        "author": make.names(), "editor": make.names(), "title": make.text(), "booktitle": make.text(6), "journal": make.text(3), "pages": "1--10",
        "publisher": "{ACM}", "year": "2020", "url": "https://doi.org/10.1145/1.2", "doi": "10.1145/1.2", "series": make.text(3), "volume": "{abs/1234}",
        "timestamp": "Mon, 01 Jan 2020 00:00:00 +0100", "biburl": "https://dblp.org/rec/x.bib", "bibsource": "dblp computer science bibliography, https://dblp.org",
        "eprinttype": "arXiv", "eprint": "2101.00001"}  # fmt: skip


def _crossref(make: Maker) -> tuple[str, dict[str, str]]:
    return make.one(["article", "inbook", "inproceedings", "book", "misc"]), {
        "title": make.text(), "volume": "12", "ISSN": "0992-499X", "url": "http://dx.doi.org/10.1000/xyz123", "DOI": make.value("doi"), "number": "3",
        "journal": make.text(3), "publisher": make.text(3), "author": make.names(), "year": "2020", "month": "mar", "pages": make.one(["1–10", "12", "101–120"]),
        "booktitle": make.text(4)}  # fmt: skip


def _jabref(make: Maker) -> tuple[str, dict[str, str]]:
    return make.one(["Article", "InProceedings", "Book", "TechReport", "Misc"]), {
        "author": make.names(), "title": make.text(), "journaltitle": make.text(3), "booktitle": make.text(3), "date": make.value("date"), "pages": make.one(PAGES),
        "groups": "x", "timestamp": "2020-01-01", "owner": "me", "creationdate": "2020-01-01T00:00:00", "priority": "prio1", "file": ":x.pdf:PDF",
        "institution": make.text(3), "type": make.one(["Research report", "resreport"]), "month": make.one(["mar", "{#mar#}"]), "editor": make.names()}  # fmt: skip


def _scholar(make: Maker) -> tuple[str, dict[str, str]]:
    return make.one(["article", "inproceedings", "misc", "book"]), {
        "title": make.text(), "author": make.names() + " and others", "journal": make.one([make.text(4), "arXiv preprint arXiv:2101.00001"]), "volume": "33",
        "pages": "1877--1901", "year": "2020", "organization": make.text(2), "booktitle": make.text(4)}  # fmt: skip


def _better_bibtex(make: Maker) -> tuple[str, dict[str, str]]:
    return make.one(["article", "incollection", "inproceedings", "report", "thesis", "online", "unpublished", "dataset", "software"]), {
        "title": "{{" + make.text(3) + "}} " + make.text(5), "shorttitle": make.text(2), "author": make.names(), "editor": make.names(),
        "date": make.value("date"), "journaltitle": make.text(3), "shortjournal": "J. X", "eventtitle": make.text(3), "volume": "12", "number": "3", "pages": make.one(PAGES),
        "doi": make.value("doi"), "url": make.value("url"), "urldate": "2021-01-05", "langid": "english", "type": make.one(["{{PhD Thesis}}", "Preprint"]),
        "eprint": "2101.00001", "eprinttype": "arXiv", "eprintclass": "cs", "pubstate": "prepublished", "keywords": "a,{b, c}", "annotation": "Read\\% & more",
        "file": "/home/x/a_b.pdf;/home/y.pdf", "issn": "0992-499X", "abstract": "100\\% <b>of</b> $x$"}  # fmt: skip


def _acm(make: Maker) -> tuple[str, dict[str, str]]:
    return make.one(["article", "inproceedings", "inbook", "book", "phdthesis"]), {
        "author": make.names(), "title": make.text(), "year": "2020", "isbn": "9781450300000", "publisher": "Association for Computing Machinery",
        "address": "New York, NY, USA", "url": "https://doi.org/10.1145/1.2", "doi": make.value("doi"), "abstract": r"50\% of a_b & c", "booktitle": make.text(5),
        "pages": make.one(["1–10", "5", "1-10"]), "numpages": "10", "keywords": "a, b", "location": make.one(["Virtual Event, USA", make.text(2)]), "series": "CHI '20",
        "issue_date": "March 2020", "volume": "12", "number": "3", "month": "mar", "journal": make.text(3), "articleno": "7"}  # fmt: skip


def _ieee(make: Maker) -> tuple[str, dict[str, str]]:
    return make.one(["ARTICLE", "INPROCEEDINGS", "BOOK", "INBOOK", "STANDARD"]), {
        "author": make.names(), "journal": make.text(3), "booktitle": make.text(4), "title": make.text(), "year": "2020", "volume": make.one(["12", ""]), "number": make.one(["3", ""]),
        "pages": make.one(["1-10", "12-12"]), "abstract": r"x_1 & 5\%", "keywords": "a;b;c", "doi": make.value("doi"), "ISSN": "1234-5679", "month": make.one(["March", "Jan", "Sep.", "Jan-March", "30 Aug.-3 Sept."])}  # fmt: skip


def _pubmed(make: Maker) -> tuple[str, dict[str, str]]:
    return "article", {
        "Author": make.names(), "Title": make.text() + ".", "Journal": "J Biol Chem", "Volume": "12", "Number": "3", "Pages": make.one(["101-20", "e12", "S1-12", "101-120"]),
        "Year": "2020", "Month": make.one(["Mar", "Jan-Feb", "Spring"]), "Note": "1234-5679 Smith, J Orcid: 0000-0001 Journal Article United States", "ISSN": "1234-5679 (Electronic)",
        "DOI": make.value("doi"), "pmid": "12345", "pmc": "PMC12", "Keywords": "*A\\B", "Type": "Journal Article", "nlmuniqueid": "1", "Address": make.text(3), "Language": make.one(["eng", "fre"])}  # fmt: skip


def _endnote(make: Maker) -> tuple[str, dict[str, str]]:
    return make.one(["article", "misc", "conference", "electronic"]), {
        "author": make.names(), "title": make.text(), "journal": make.text(3), "year": "2020", "type": "Journal Article", "pages": "101-120", "ISSN": "1234-5679",
        "DOI": make.value("doi"), "url": make.value("url"), "keywords": "a\nb", "label": make.text(1), "abstract": "x"}  # fmt: skip


def _mendeley(make: Maker) -> tuple[str, dict[str, str]]:
    return make.one(["article", "book", "misc", "techreport"]), {
        "author": make.names(), "doi": make.value("doi"), "file": ":C$\\backslash$:/a.pdf:pdf", "issn": "09924990", "journal": make.text(3), "keywords": "a,b", "month": "mar", "number": "3",
        "pages": "101--120", "publisher": make.text(2), "title": "{" + make.text() + "}", "url": make.value("url"), "volume": "12", "year": "2020",
        "archivePrefix": "arXiv", "arxivId": "2101.00001", "eprint": "2101.00001", "mendeley-groups": "x", "institution": make.text(2)}  # fmt: skip


def _ads(make: Maker) -> tuple[str, dict[str, str]]:
    return make.one(["ARTICLE", "inproceedings", "PhDThesis"]), {
        "author": make.names(), "title": '{' + make.text() + '}', "journal": make.one([r"\apj", r"\aap", r"\mnras", "arXiv e-prints"]), "keywords": "x", "year": "2020", "month": "mar",
        "volume": "12", "eid": "arXiv:2101.00001", "pages": "arXiv:2101.00001", "doi": make.value("doi"), "archivePrefix": "arXiv", "eprint": "2101.00001",
        "primaryClass": "astro-ph.GA", "adsurl": "https://ui.adsabs.harvard.edu/abs/x", "adsnote": "Provided by the SAO/NASA"}  # fmt: skip


EXPORTS = [
    _scopus,
    _wos,
    _zotero,
    _better_bibtex,
    _dblp,
    _crossref,
    _jabref,
    _scholar,
    _acm,
    _ieee,
    _pubmed,
    _endnote,
    _mendeley,
    _ads,
]
