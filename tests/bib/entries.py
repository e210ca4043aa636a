"""Entries by chance: every type and field of biblatex's data model, and the forms that exports write, as .bib text.

`entries(seed, count)` gives always the same ones for a seed. Most are as LaTeX wants them; some are damaged as exports
are, so that what is read otherwise than biblatex reads it must be told.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from synopse.bib.reference import data_model

TYPES = [kind for kind in data_model()["types"] if kind not in ("set", "xdata", "bibnote")]
OLD_TYPES = ["conference", "electronic", "www", "mastersthesis", "phdthesis", "techreport"]
UNKNOWN_TYPES = ["generic", "webpage", "presentation", "articel"]
WORDS = ["analysis", "of", "the", "review", "models", "large", "language", "effects", "on", "a", "study", "in", "for", "and", "with", "clinical", "trials", "measurement", "systems", "soil", "plants", "étude", "comparée", "des", "modèles", "naïve", "façade", "Über", "größere", "Effekte", "señal", "niño", "český", "přehled", "ångström", "漢字", "обзор", "under", "deep", "learning", "graph", "networks", "climate", "change", "policy", "evidence", "synthesis", "health", "care", "quality", "theory", "practice", "history"]  # fmt: skip
MARKED = [
    r"{DNA}", r"{{LLMs}}", r"\emph{in vivo}", r"\textit{E. coli}", r"{\em old}", r"{\it Homo sapiens}", r"\textbf{bold}",
    r"H\textsubscript{2}O", r"10\textsuperscript{3}", r"\textsc{Small}", r"$x^2$", r"$\alpha$", r"$O(n \log n)$", r"\(n\)",
    r"CO$_2$", r"``double''", r"`single'", r"\enquote{quoted}", r"don't", r"R\&D", r"50\%", r"\#1", r"\$5", r"a\_b", r"A--B",
    r"so --- dash", r"1900--1999", r"Schr\"odinger", r"Schr{\"o}dinger", r"G\"{o}del", r"Erd\H{o}s", r"\'Ecole", r"{\'E}cole",
    r"\'{E}cole", r"na\"{\i}ve", r"na{\"\i}ve", r"Fa\c{c}ade", r"fa\c cade", r"Stra{\ss}e", r"\O rsted", r"{\AA}ngstr{\"o}m",
    r"{\L}{\'o}d{\'z}", r"\v{C}esk\'y", r"{\v C}esky", r"Ma\~nana", r"A~tie", r"thin\,space", r"{\thinspace}thin", r"a\ b",
    r"{\textendash}", r"{\textquotedblleft}q{\textquotedblright}", r"{\textregistered}", r"\textdegree{}C", r"{\textmu}m",
    r"\ldots{} dots", r"\S 5", r"{\textbar}", r"{\copyright}", r"\pounds 5", r"\textless{}x\textgreater{}",
    r"\texttrademark{}", r"«\,guillemets\,»", r"“curly”", r"‘curly’", r"it’s", r"en–dash", r"em—dash", r"\mbox{no break}",
    r"\uppercase{caps}", r"\textquoteright s", r"C\#", r"C{\#}", r"{\textasciitilde}", r"\textbackslash{}x", r"\slash",
    r"\quad wide", r"{\a'a}", r"{\a`e}t", r"I/O", r"(parenthesis)", r"[bracket]", r"Part~{II}", r"{\textonehalf}", r"x\textperiodcentered y",
    r"{\o}re", r"\ae ther", r"\oe uvre", r"\i", r"\&", r"question?", r"exclaim!", r"?`Qu\'e?", r"!`Hola!", r"\LaTeX{}",
    r"{\textemdash}", r"{\guillemotleft}x{\guillemotright}", r"\textit{\textbf{both}}", r"{A} {B}", r"{a {nested} b}", r"U.S.A.", r"vs.",
]  # fmt: skip
DAMAGED = [
    "R&D", "50% of", "a_b", "#1 of", "x^2", "<i>in vivo</i>", "CO<sub>2</sub>", "Plants &amp; Soil", "&lt;b&gt;bold&lt;/b&gt;",
    "{\\textless}i{\\textgreater}x{\\textless}/i{\\textgreater}", "$<$i$>$x$<$/i$>$", "<scp>DNA</scp>", "<p>para</p>", r"\foo{kept}",
    r"\bar dropped", '"straight"', "&#233;t&#xe9;", "<jats:italic>y</jats:italic>", "a &lt; b",
]  # fmt: skip
FAMILIES = ["Smith", r"M\"uller", r"M{\"u}ller", r"Pe\~na", r"Pe{\~n}a", "García Márquez", "O'Neill", "D'Angelo", "Müller-Lüdenscheid",
            r"{\L}ukasiewicz", r"\v{S}rut", r"{\v S}krabal", r"\"Oz", r"{\'E}tienne", "Nguyễn", "Øster", r"\O ster", r"{\O}stergaard",
            "Lee", "X", "Le Guyader", "De Boer", "Толстой", "村上", "Παπαδόπουλος", r"Erd{\H{o}}s", r"Bo\v zi\'c", r"Gon\c{c}alves", "McDonald",
            "Ben-Ari", "St. John", "Abd al-Rahman", "{Smith Jones}", r"Ka{\c s}", r"\AA berg", "O’Brien", "Șerban",
            r"\c{S}erban", r"Wei{\ss}", "Çelik", r"H{\aa}kansson", "Al-Tashi", "Vallée Poussin", "Łoś"]  # fmt: skip
GIVENS = ["John", "J.", "J. R. R.", "Jean-Paul", "J.-P.", r"{\'E}mile", r"\'Emile", "Anne Marie", "Zoë", r"Zo\"e", "Donald~E.", "李", "Лев", "A",
          "{Jean Paul}", "Ch.", "{Ch}arles", "M. A.", r"Fran\c{c}ois", "Mary Ann", "K.H.", "José", r"Jos\'e", "春樹", "Hans Peter", "van Dyke", r"\'A."]  # fmt: skip
PARTICLES = ["von", "van der", "de la", "de", "di", "ter", "zu", "von und zu"]
SUFFIXES = ["Jr.", "III", "Sr.", "Jr", "2nd"]
BODIES = ["{World Health Organization}", "{Barnes and Noble, Inc.}", "{CNRS}", r"{Smith \& Sons}", "{The {OECD} Team}", "{ATLAS Collaboration}",
          r"{Universit{\'e} de Gen{\`e}ve}", "{IEEE}", "UNESCO", "Plato"]  # fmt: skip
NO_LISTS = [r"{\relax Van} Horn, J.", "Doe E, Roe G, Poe KA, Moe M", "Smith, J., Doe, K.", "Smith, John; Doe, Jane", "Tom Brown, Ben Mann, Nick Ryder",
            "Hunt, Ann A., Jr, undefined", "Doe E, Roe G", "Smith, John et al.", "Foo, A and and Bar, B", "King, Martin Luther, Jr."]  # fmt: skip
DATES = ["2020", "1999", "1850", "2021-03", "2021-11", "2020-02-29", "1987-06-05", "2019/2020", "2019-11/2020-02", "2020-01-05/2020-01-08",
         "2004/", "2004/..", "/2004", "../2004", "1377~", "1273?", "1273%", "1991-21", "1991-22", "1991-23", "1991-24", "199X", "19XX", "1999-XX",
         "1999-01-XX", "-0876", "0033", "2004-01-05T14:34:00", "2004-01-05T14:34:00Z", "2004?/2005~", "1991-05?", "1991-33", "1991-25", "Y12000",
         "1991-21/1992-22", "2020-03-14/.."]  # fmt: skip
DAMAGED_DATES = [
    "soon",
    "20uu",
    "2004/open",
    "March 2020",
    "2020-13",
    "8 March 2020",
    "2021-02-29",
    "2004-1-5",
    "05.03.2020",
    "in press",
]
YEARS = [
    "2020",
    "{2001}",
    "c. 1850",
    "in press",
    "2019/2020",
    "1999a",
    "[2004]",
    "n.d.",
    "forthcoming",
    "2019--2020",
    "33",
]
MONTHS = [
    "mar",
    "{March}",
    "3",
    "{12}",
    "jan",
    "{Sept.}",
    "{Spring}",
    "{April}",
    "{MAY}",
    '"8~" # mar',
    "{March--April}",
    "{février}",
    "{03}",
    "{#jun#}",
]
PAGES = ["101--120", "101-120", "101–120", "12", "12, 15", "1--3, 7--9", "S12--S34", "e1234", "xii--xx", "{A-1}--{A-3}", "12--", "1--10; 20", "101 -- 120",
         "101---120", "{1-2}", "12f.", "12ff", "1-2-3", "A1-A5", "p. 12", "i–v", "12 – 15", "7:1--7:20", "1234567"]  # fmt: skip
URLS = ["https://example.org/a_b~c?d=e&f=g%20h#top", "http://x.org", "https://example.org/a-b/c.html", "https://example.org/é/漢",
        "https://doi.org/10.1000/xyz123", "https://arxiv.org/abs/2101.00001", "ftp://ftp.example.org/x", "https://x.org/(a)/{b}/c",
        "https://x.org/a,b;c!d$e'f*g+h=i@j"]  # fmt: skip
DAMAGED_URLS = [
    r"https://x.org/a\_b\%20c",
    r"\url{https://x.org/a_b}",
    "https://x.org/a b",
    "https://x.org/?a=1&amp;b=2",
    r"https://x.org/{\textasciitilde}me",
]
DOIS = [
    "10.1000/xyz123",
    "10.1016/j.cell.2020.01.001",
    "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2",
    "10.1000/a_b",
]
DAMAGED_DOIS = ["https://doi.org/10.1000/abc", "doi:10.1000/xyz", r"10.1000/a\_b", "10.1000/xyz.", "not a doi"]
EPRINTS = [
    ("2101.00001", "arxiv"),
    ("hep-th/9901001", "arxiv"),
    ("12345", "pubmed"),
    ("a_b", "jstor"),
    ("2101.00001v2", "arXiv"),
    ("x_y%z", "hdl"),
]
NUMBERS = ["1", "12", "3", "IV", "12a", "TR-17", "5.2", "1--2", "Supplement 1", r"{\'e}1", "2/3"]
KEYS = {"pubstate": ["inpress", "submitted", "forthcoming", "prepublished", "inpreparation"], "pagination": ["page", "column", "verse", "section"],
        "bookpagination": ["page", "column"], "editortype": ["editor", "compiler", "founder", "collaborator", "reviser", "redactor", "director"],
        "type": ["mathesis", "phdthesis", "techreport", "resreport", "software", "datacd", "patent", "patentde", "Working paper", r"Th{\`e}se", "{PhD} thesis"],
        "authortype": ["author"]}  # fmt: skip
LANGUAGES = ["english", "french", "german", "english and french", "English", "latin", "Old Norse"]
DAMAGED_LANGUAGES = ["en", "fr", "eng", "de-DE", "en_GB", "zh"]
EDITIONS = ["1", "2", "3", "Second", "2nd", r"{\'E}dition revue", "rev. and enl."]
ISBNS, ISSNS = ["978-2-07-036822-8", "0-306-40615-2"], ["0992-499X", "1234-5679"]


class Maker:
    """Makes values and entries from one source of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.damage = 0.0

    def one(self, values: list[str]) -> str:
        return self.chance.choice(values)

    def happens(self, probability: float) -> bool:
        return self.chance.random() < probability

    def either(self, sound: list[str], damaged: list[str]) -> str:
        return self.one(damaged if self.happens(self.damage) else sound)

    def text(self, longest: int = 8) -> str:
        """A title or any other words, with LaTeX here and there."""
        words = []
        for _ in range(self.chance.randint(1, longest)):
            words.append(self.either(MARKED, DAMAGED) if self.happens(0.35) else self.one(WORDS))
        text = " ".join(words)
        return f"{{{text}}}" if self.happens(0.08) else text[:1].upper() + text[1:]

    def name(self) -> str:
        """One name in one of its forms."""
        if self.happens(0.1):
            return self.one(BODIES)
        family, given = self.one(FAMILIES), self.one(GIVENS)
        particle = self.one(PARTICLES) if self.happens(0.2) else ""
        suffix = self.one(SUFFIXES) if self.happens(0.1) else ""
        if self.happens(0.06):
            parts = [
                f"family={family}",
                f"given={given}",
                *([f"prefix={particle}"] if particle else []),
                *([f"suffix={suffix}"] if suffix else []),
            ]
            return ", ".join(parts)
        last = f"{particle} {family}".strip()
        if suffix:
            return f"{last}, {suffix}, {given}"
        return f"{last}, {given}" if self.happens(0.65) else f"{given} {last}" if self.happens(0.95) else last

    def names(self) -> str:
        """A list of names."""
        if self.happens(self.damage / 2):
            return self.one(NO_LISTS)
        joined = self.one([" and ", " and ", "\n  and ", " AND ", "\n\tand "]).join(
            self.name() for _ in range(self.chance.choice([1, 1, 2, 2, 3, 5]))
        )
        return joined + (self.one([" and others", " and Others"]) if self.happens(0.08) else "")

    def words(self) -> str:
        """A publisher, a place: a list of texts."""
        parts = [self.text(3) for _ in range(self.chance.choice([1, 1, 1, 2]))]
        parts = ["{" + part + "}" if self.happens(0.1) else part for part in parts]
        return " and ".join(parts) + (" and others" if self.happens(0.03) else "")

    def value(self, name: str) -> str:
        """A value for a field of the data model."""
        kind = data_model()["fields"].get(name, "literal")
        given: dict[str, Callable[[], str]] = {
            "pages": lambda: self.one(PAGES), "doi": lambda: self.either(DOIS, DAMAGED_DOIS), "isbn": lambda: self.one(ISBNS),
            "issn": lambda: self.one(ISSNS), "edition": lambda: self.one(EDITIONS), "langid": lambda: self.one(["english", "french"]),
            "language": lambda: self.either(LANGUAGES, DAMAGED_LANGUAGES), "origlanguage": lambda: self.one(["german", "french"]),
            "howpublished": lambda: self.one([self.text(4), r"\url{https://x.org/a_b}", "https://x.org/a-b", "TechRxiv"]),
            "note": lambda: self.one([self.text(5), r"See \url{http://x.org/y}", "Cited By 12"]), "gender": lambda: self.one(["sf", "pp"]),
            "options": lambda: self.one(["useprefix=true", "useprefix=false", "useeditor=false", "maxnames=2"]), "sortyear": lambda: "1999",
            **{n: lambda: self.one(NUMBERS) for n in ("volume", "number", "issue", "volumes", "part", "chapter", "eid", "version", "pagetotal")},
        }  # fmt: skip
        if name in given:
            return given[name]()
        if kind == "list:name":
            return self.names()
        if kind.startswith("list"):
            return self.words()
        if kind == "date":
            return self.either(DATES, DAMAGED_DATES)
        if kind == "key":
            return self.one(KEYS.get(name, ["x"]))
        if kind == "uri":
            return self.either(URLS, DAMAGED_URLS)
        return self.text(4 if name.startswith(("short", "sub", "label", "series")) else 7)


SKIPPED = frozenset(("crossref", "xref", "xdata", "entryset", "related", "relatedoptions", "relatedtype", "relatedstring", "execute", "ids", "file",
                     "eprint", "eprinttype", "eprintclass", "keywords", "presort", "sortkey", "date", "label", "shorthand"))  # fmt: skip
"""Fields that need a value of their own, or are made below."""


def _modelled(make: Maker, kind: str) -> dict[str, str]:
    """An entry of a type of the data model: what it should have, some of what it may have, rarely what it may not."""
    model = data_model()
    fields: dict[str, str] = {}
    usual = [
        "author",
        "title",
        "journaltitle",
        "booktitle",
        "publisher",
        "institution",
        "editor",
        "number",
        "pages",
        "volume",
        "location",
        "url",
        "doi",
    ]
    own = [name for name in model["of"].get(kind, usual) if name in model["fields"] and name not in SKIPPED]
    wanted = [
        make.one([name for name in group if name in model["fields"]] or ["title"])
        for group in model["mandatory"].get(kind, [])
    ]
    some = [name for name in own if make.happens(0.22)]
    odd = [make.one(usual)] if make.happens(0.15) else []
    for name in [
        *(name for name in wanted if make.happens(0.9)),
        *(["author"] if make.happens(0.7) else []),
        "title",
        *some,
        *odd,
    ]:
        if name not in fields and name not in SKIPPED:
            fields[name] = make.value(name)
    if make.happens(0.15):
        for name in (
            "usera",
            "addendum",
            "shorttitle",
            "translator",
            "origdate",
            "eventdate",
            "urldate",
            "shortauthor",
            "sortname",
            "options",
        ):
            if make.happens(0.3):
                fields[name] = make.value(name)
    _dated(make, fields)
    if make.happens(0.12):
        fields["eprint"], fields["eprinttype"] = make.chance.choice(EPRINTS)
        if make.happens(0.5):
            fields["eprintclass"] = "cs.CL"
    return fields


def _dated(make: Maker, fields: dict[str, str]) -> None:
    if make.happens(0.7):
        fields["date"] = make.value("date")
    elif make.happens(0.9):
        fields["year"] = make.one(YEARS) if make.happens(0.5) else make.one(["2020", "1999"])
        if make.happens(0.5):
            fields["month"] = make.one(MONTHS)


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


EXPORTS = [_scopus, _wos, _zotero, _dblp, _crossref, _jabref, _scholar]
BARE = frozenset(("month",))


def _written(kind: str, key: str, fields: dict[str, str], delimiters: str) -> str:
    lines = []
    for name, value in fields.items():
        bare = name.lower() in BARE and (value[:1] in '{"' or value.isalpha() or value.isdigit())
        lines.append(f"  {name} = {value if bare else delimiters[0] + value + delimiters[1]},")
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def entries(seed: int, count: int, damage: float = 0.06) -> list[str]:
    """The text of `count` entries; about one value in twenty is damaged with `damage` at 0.06."""
    make = Maker(seed)
    kinds = TYPES + OLD_TYPES
    made = []
    for number in range(count):
        make.damage = damage if make.happens(0.5) else 0.0
        key = f"g{number}"
        if make.happens(0.3):
            kind, fields = make.chance.choice(EXPORTS)(make)
        else:
            kind = kinds[number % len(kinds)] if make.happens(0.95) else make.one(UNKNOWN_TYPES)
            fields = _modelled(make, kind)
        if make.happens(0.05):
            parent = {
                "mvbook": "book",
                "inbook": "book",
                "incollection": "collection",
                "inproceedings": "proceedings",
                "article": "periodical",
            }.get(kind)
            if parent:
                made.append(_written(parent, f"{key}p", _modelled(make, parent), "{}"))
                fields["crossref"] = f"{key}p"
        made.append(_written(kind, key, fields, "{}"))
    return made
