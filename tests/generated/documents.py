"""A seed in, a whole project out: a form, a vocabulary, a .bib, fiches, chapters and a synthesis, each text made by chance.

A document is a fiche, a chapter or a part of the synthesis: many stand in one report, so that one run of the engine
tries them all. `Project.write` can leave documents out: that is how a failing one is found.
"""

from __future__ import annotations

import base64
import random
import re
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.conftest import copy_project
from tests.generated.reading import NOTES_SIGN
from tests.generated.texts import (
    SCRIPTS,
    SHAPED,
    Atom,
    Box,
    Where,
    blocks,
    inline,
    literal,
)

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
BEFORE_NOTES = (
    r"\let\plainfootnoterule\footnoterule"
    rf"\renewcommand\footnoterule{{\setbox0\hbox{{\tiny {NOTES_SIGN}}}\ht0=0pt\dp0=0pt\wd0=0pt\nointerlineskip\box0\plainfootnoterule}}"
    "\n"
)
"""A sign that is printed before the notes of a page, and takes no room: the notes are read apart from the text."""
KEYS = ("tie{}", "at&t{}", "a=b{}", "c#{}", "50%x{}", "n~{}", "müller{}", "a_b{}", "DBLP:conf/x/{}", "a--b{}", "名{}",
        "a.b+c{}", "A{}$x")  # fmt: skip
TEXT = Where("text")
LINE = Where("line", breaks=False)
CHAPTER, HEADING, TITLE = (replace(LINE, name=f"title of {what}") for what in ("a chapter", "a group", "the report"))
FIELD_TYPES = ("text", "items", "terms", "choice", "number", "date")
BEFORE_LATEX = {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%",
                "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "-": "-{}", "`": r"\textasciigrave{}", "'": "{'}",
                "<": "{<}", ">": "{>}", "?": "{?}", "!": "{!}", '"': r"\textquotedbl{}", "\u00ad": r"\-", "\u00a0": "~"}  # fmt: skip


def bib_escaped(text: str) -> str:
    """A literal text as a careful person writes it into a .bib field."""
    return "".join(BEFORE_LATEX.get(c, c) for c in text)


def name_of(number: int) -> str:
    """A family name that no other paper has, of letters alone."""
    letters = ""
    while True:
        letters += "aeioulmnrs"[number % 10]
        number //= 10
        if not number:
            return "Kav" + letters + "x"


@dataclass
class Document:
    """A fiche, a chapter or a part of the synthesis, as data; `file` is where it stands if it has a file of its own."""

    kind: str
    data: dict[str, Any]
    file: str = ""
    key: str = ""


@dataclass
class Project:
    """Everything that is written, and the atoms that must be read."""

    seed: int
    lang: str
    report: dict[str, Any] = field(default_factory=dict)
    form: dict[str, Any] = field(default_factory=dict)
    vocabulary: dict[str, Any] = field(default_factory=dict)
    bib: str = ""
    documents: list[Document] = field(default_factory=list)
    atoms: list[Atom] = field(default_factory=list)

    def write(self, folder: Path, documents: list[Document] | None = None) -> Path:
        """Writes the project, with these of its documents alone."""
        kept = self.documents if documents is None else documents
        if not (folder / "dodo.py").exists():
            copy_project(folder)
            preamble = folder / "templates/preamble.tex"
            preamble.write_text(preamble.read_text("utf-8") + BEFORE_NOTES, "utf-8")
        for name in ("sources", "bib"):
            shutil.rmtree(folder / name, ignore_errors=True)
        (folder / "sources/fiches").mkdir(parents=True)
        (folder / "bib").mkdir()
        (folder / "sources/dot.png").write_bytes(DOT)
        (folder / "bib/all.bib").write_text(self.bib, "utf-8")
        report = dict(self.report)
        report["fiches"] = [each.key for each in kept if each.kind == "fiche"]
        report["chapters"] = [self._chapter(folder, each) for each in kept if each.kind == "chapter"]
        parts = [dict(each.data) for each in kept if each.kind == "part"]
        for part in parts:
            if "papers" in part:
                part["papers"] = [key for key in part["papers"] if key in report["fiches"]] or report["fiches"][:1]
                if not part["papers"]:
                    del part["papers"]
        report["synthesis"] = parts
        for name, data in (("report", report), ("form", self.form), ("vocabulary", self.vocabulary)):
            (folder / f"sources/{name}.yaml").write_text(as_yaml(data), "utf-8")
        for each in kept:
            if each.kind == "fiche":
                (folder / "sources" / each.file).write_text(as_yaml(each.data), "utf-8")
        return folder

    @staticmethod
    def _chapter(folder: Path, each: Document) -> dict[str, Any]:
        if not each.file:
            return each.data
        (folder / "sources" / each.file).write_text(each.data["text"] + "\n", "utf-8")
        return {name: value for name, value in each.data.items() if name != "text"} | {"file": each.file}


def as_yaml(data: Any, indent: int = 0) -> str:
    """YAML in the styles that people use; every text that YAML could read otherwise is quoted or stands after `|`."""
    pad = "  " * indent
    if isinstance(data, dict):
        lines = []
        for key, value in data.items():
            name = key if re.fullmatch(r"\w+", key) else _quoted(key)
            if isinstance(value, (dict, list)) and value:
                lines.append(f"{pad}{name}:\n{as_yaml(value, indent + 1)}")
            else:
                lines.append(f"{pad}{name}: {_scalar(value, indent + 1)}\n")
        return "".join(lines)
    lines = []
    for value in data:
        if isinstance(value, (dict, list)) and value:
            inner = as_yaml(value, indent + 1)
            lines.append(f"{pad}- {inner[len(pad) + 2 :]}")
        else:
            lines.append(f"{pad}- {_scalar(value, indent + 1)}\n")
    return "".join(lines)


def _scalar(value: Any, indent: int) -> str:
    if value in ([], {}):
        return "[]" if value == [] else "{}"
    text = str(value)
    if isinstance(value, (int, bool)):
        return text.lower()
    if "\n" in text or len(text) > 60:
        pad = "  " * indent
        return "|-\n" + "\n".join(pad + line if line else "" for line in text.split("\n"))
    return _quoted(text)


def _quoted(text: str) -> str:
    """A text in single quotes, as every key of several words is written: none can stand after `|`."""
    return "'" + text.replace("'", "''") + "'"


def make(seed: int, documents: int = 40) -> Project:
    """A project of so many documents: about three quarters fiches, the rest chapters and parts of the synthesis."""
    rng = random.Random(seed)
    project = Project(seed, rng.choice(("fr", "en")))
    scripts = tuple(rng.sample([*SCRIPTS, *SHAPED], rng.choice((0, 1, 2, 4))))
    box = Box(rng, atoms=project.atoms, scripts=scripts, lang=project.lang)
    parts = max(1, documents // 8)
    chapters = max(1, documents // 10)
    fiches = max(1, documents - parts - chapters)
    keys = [rng.choice(KEYS).format(number) for number in range(fiches + 3)]
    box.keys = {
        key: f"{name_of(number)} {2000 + number % 25}"
        for number, key in enumerate(keys)
        if number % 5 or number >= fiches
    }
    project.form = _form(box, project.lang)
    project.vocabulary = _vocabulary(box)
    entries = []
    for number, key in enumerate(keys):
        if key in box.keys:
            first = len(project.atoms)
            entries.append(_entry(box, key, number))
            for atom in project.atoms[first:]:
                atom.optional = number >= fiches  # of a work without a fiche, printed where it is cited
    project.bib = "\n".join(entries)
    for number in range(fiches):
        project.documents.append(_fiche(box, project, keys[number], number))
    for number in range(chapters):
        project.documents.append(_chapter(box, number))
    for number in range(parts):
        project.documents.append(_part(box, project, number, keys[:fiches]))
    project.report = _report(box, project.lang)
    return project


def _entry(box: Box, key: str, number: int) -> str:
    rng = box.rng
    kind = rng.choice(("misc", "article", "book", "inproceedings", "report", "thesis", "online"))
    fields = {
        "author": f"{name_of(number)}, Jean",
        "title": bib_escaped(literal(box, "title of an entry")),
        "date": str(2000 + number % 25),
    }
    if rng.random() < 0.5:
        fields["note"] = bib_escaped(literal(box, "note of an entry", 2))
    place = {"article": "journaltitle", "inproceedings": "booktitle", "report": "institution", "thesis": "institution"}
    if kind in place:
        fields[place[kind]] = bib_escaped(literal(box, "container of an entry", 2))
    if kind in ("report", "thesis"):
        fields["type"] = {"report": "techreport", "thesis": "phdthesis"}[kind]
    if kind == "book":
        fields["publisher"] = bib_escaped(literal(box, "publisher of an entry", 2))
    if rng.random() < 0.3 or kind == "online":
        fields["url"] = "https://exemple.org/~a_b?c=d&e#f%20g"
    if rng.random() < 0.3:
        fields["doi"] = f"10.1000/a_b<c>{number}"
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{key},\n{body}}}\n"


def _form(box: Box, lang: str) -> dict[str, Any]:
    rng = box.rng
    sections: list[dict[str, Any]] = [
        {"id": "reference", "title": literal(box, "title of a section", 2), "draws": "reference"}
    ]
    for number, chosen in enumerate(
        (("text", "items"), ("terms", "choice", "number", "date"), ("items", "terms"), ("text",))
    ):
        fields = []
        for place, kind in enumerate(chosen):
            one: dict[str, Any] = {"id": f"f{number}{place}", "type": kind}
            one["title"] = literal(box, "title of a field", 2, optional=True) if rng.random() < 0.5 else {
                lang: literal(box, "title of a field", 2, optional=True), "xx" if lang == "fr" else "fr": "autre"}  # fmt: skip
            if kind == "terms":
                one["vocabulary"] = "mots"
            if kind == "choice":
                one["choices"] = [
                    {"id": f"c{n}", "title": literal(box, "title of a choice", 2, optional=True)} for n in range(3)
                ]
            if kind == "number":
                one["unit"] = rng.choice(("mg/kg", "%", "µ_g", "m^2", "€", "R&D", "#"))
            fields.append(one)
        sections.append({"id": f"s{number}", "title": literal(box, "title of a section", 2), "fields": fields})
    return {"sections": sections}


def _vocabulary(box: Box) -> dict[str, Any]:
    return {
        "terms": {
            "mots": [{"name": literal(box, "term", 2, optional=True), "aliases": [f"alias-{n}"]} for n in range(6)]
        },
        "themes": [{"id": f"t{n}", "title": literal(box, "theme", 2, optional=True)} for n in range(5)],
    }


def _fiche(box: Box, project: Project, key: str, number: int) -> Document:
    rng = box.rng
    data: dict[str, Any] = {"key": key, "status": rng.choice(("partial", "todo"))}
    if key not in box.keys or rng.random() < 0.3:
        data["citation"] = {
            "authors": f"Jean {name_of(number)}",
            "date": "mars 2020",
            "title": literal(box, "title as read"),
            "source": literal(box, "source as read", 2),
        }
        if rng.random() < 0.3:
            data["citation"]["url"] = "https://exemple.org/~a_b?c=d&e#f%20g"
    terms = project.vocabulary["terms"]["mots"]
    themes = [theme["id"] for theme in project.vocabulary["themes"]]
    for section in project.form["sections"]:
        for each in section.get("fields", ()):
            if rng.random() < 0.25:
                continue
            data[each["id"]] = _value(box, each, terms, themes)
    if number % 2:
        data["read"] = READ
        _named_sources(data)
    return Document("fiche", data, f"fiches/fq{number}.yaml", key)


def _named_sources(data: dict[str, Any]) -> None:
    """Lets the remarks that say no source name one of the versions that were read."""
    remarks = [each for value in data.values() if isinstance(value, list) for each in value if isinstance(each, dict)]
    for place, remark in enumerate(each for each in remarks if "text" in each):
        remark.setdefault("source", VERSIONS[place % len(VERSIONS)])


VERSIONS = ("v1", "notes de lecture", "A & B_2, 50 % #1", "[v3] \\input{x}", "{v}~^2$")
READ = [
    {"extent": "abstract", "version": VERSIONS[0], "date": "2025-02", "link": "https://exemple.org/~a_b?c=d&e#f%20g"},
    {
        "extent": "record",
        "version": VERSIONS[1],
        "title": "Un autre titre & co, 100 % \\relax",
        "authors": "A_B, C & D",
    },
    *({"extent": "about", "version": version} for version in VERSIONS[2:]),
]
"""What every second fiche says was read: its remarks name these versions as their sources."""


def _located(text: str) -> dict[str, str]:
    """The section and the source of some texts, by chance of their own: what else is made stays the same."""
    rng = random.Random(text)
    found = {}
    if rng.random() < 0.4:
        found["section"] = rng.choice(("4.2", "§ 3", "A_B & 50 %", "[x]", "src/a_b.md", "\\alpha #1", "{a}^2~$"))
    if rng.random() < 0.4:
        found["source"] = rng.choice(("https://exemple.org/~a_b?c=d&e#f%20g", "10.1000/a_b<c>1", "arXiv:2502.18791v1"))
    return found


def _value(box: Box, each: dict[str, Any], terms: list[dict[str, Any]], themes: list[str]) -> Any:
    rng = box.rng

    def remark() -> Any:
        text = blocks(box, TEXT, rng.choice((1, 1, 1, 2))) if rng.random() < 0.7 else rng.choice(("-", "*", ">", "1."))
        if rng.random() < 0.4:
            return text
        shape: dict[str, Any] = {"text": text}
        if rng.random() < 0.5:
            shape["page"] = rng.choice(("14", "14-16", "S_3", "A&B", "100%", "§ 2", "[3]"))
        if rng.random() < 0.6:
            shape["theme"] = rng.sample(themes, rng.choice((1, 2)))
        return shape | _located(text)

    match each["type"]:
        case "text":
            text = blocks(box, TEXT)
            located = _located(text)
            return {"text": text} | located if located else text
        case "items":
            return [remark() for _ in range(rng.randrange(1, 4))]
        case "terms":
            used: list[Any] = [
                term["name"] if rng.random() < 0.8 else term["aliases"][0] for term in rng.sample(terms, 3)
            ]
            if rng.random() < 0.4:
                used[0] = {"term": used[0], "text": blocks(box, TEXT, 1), "page": "3"}
            return used
        case "choice":
            return rng.choice(each["choices"])["id"]
        case "number":
            return rng.choice(("12", "900", "3", "40"))
        case _:
            return rng.choice(("2021", "2021-03", "2021-03-04"))


def _chapter(box: Box, number: int) -> Document:
    rng = box.rng
    data: dict[str, Any] = {"title": inline(box, CHAPTER), "text": blocks(box, TEXT, rng.randrange(2, 6), chapter=True)}
    place = rng.choice(("introduction", "papers", "fiches", "synthesis", "appendix"))
    data |= {"appendix": True} if place == "appendix" else {"after": place}
    return Document("chapter", data, f"chapitre {number}.md" if rng.random() < 0.5 else "")


def _part(box: Box, project: Project, number: int, keys: list[str]) -> Document:
    rng = box.rng
    some = rng.sample(keys, min(len(keys), 4))
    shapes: list[dict[str, Any]] = [
        {"kind": "heading"},
        {
            "kind": "characteristics",
            "columns": rng.choice((["title", "f10", "f11", "f12", "f13"], ["authors", "source", "f00"])),
        },
        {"kind": "matrix", "field": "f10"},
        {"kind": "compare", "fields": rng.choice((["f00", "f01"], ["f20", "f30", "f10"])), "papers": some},
        {"kind": "recurrence", "field": rng.choice(("f01", "f20")), "papers": some},
        {"kind": "coverage"},
        {"kind": "gaps", "field": "f10", "rows": "f20"},
        {"kind": "agreement", "fields": ["f01"], "against": ["f20"]},
        {"kind": "numbers", "fields": ["f12"]},
        {"kind": "differences"},
        {"kind": "timeline"},
        {"kind": "heatmap", "field": "f10"},
        {"kind": "bars", "field": rng.choice(("f10", "f01"))},
        {"kind": "bubbles", "field": "f10", "rows": "f20"},
        {"kind": "prisma"},
    ]
    data = rng.choice(shapes) | {"id": f"part-{number}"}
    data["title"] = inline(box, HEADING if data["kind"] == "heading" else LINE)
    if data["kind"] != "heading":
        for name in ("caption", "note"):
            if rng.random() < 0.6:
                data[name] = inline(box, Where(name, breaks=False, images=name == "note"))
        if rng.random() < 0.6:
            data["text"] = blocks(box, TEXT, rng.randrange(1, 3))
    return Document("part", data)


def _report(box: Box, lang: str) -> dict[str, Any]:
    reasons = [{"reason": literal(box, "reason", 2, optional=True), "count": n + 1} for n in range(2)]
    return {
        "title": inline(box, TITLE, length=3),
        "subtitle": inline(box, LINE, length=3),
        "authors": [literal(box, "author", 2), literal(box, "author", 1)],
        "date": "2025-03",
        "lang": lang,
        "introduction": blocks(box, TEXT, 3, chapter=True),
        "selection": {
            "identified": {"".join(literal(box, "source of records", 1, optional=True)): 30, "autre base": 12},
            "removed": {"doublons": 2},
            "screened": 40, "excluded": 10, "assessed": 30, "reasons": reasons, "included": 27,
        },
        "provenance": box.rng.random() < 0.4,
    }  # fmt: skip
