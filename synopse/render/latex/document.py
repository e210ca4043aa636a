"""The report's pieces in; LaTeX and line maps out, by their paths in `build/`. Templates do the rest.

Templates are given plain names (their contract, `environment.CONTRACT`); what stands here turns a piece into them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from synopse.bib.styles import Style
from synopse.ground.files import latex_name
from synopse.ground.notes import tell
from synopse.locale import Catalogue, catalogue
from synopse.markup.fonts import SHAPED, TEX_LIVE, Font, fallbacks, in_every_face, script_of
from synopse.markup.tree import Block, Inline, PipeTable, Text
from synopse.markup.tree import Figure as Pictured
from synopse.project.texts import image_name
from synopse.render.latex.environment import make_environment, render, template_version
from synopse.render.latex.layout import Sheet, lay_out
from synopse.render.latex.linemap import without_marks
from synopse.render.latex.needs import has_formulas, tell_needs
from synopse.render.latex.writer import Latex, LatexWriter, escape, escape_url
from synopse.render.latex.xetex import Engine, classes, is_leftward
from synopse.render.pictures import Picture, draw
from synopse.render.view import (
    Abstract,
    FicheView,
    FieldView,
    FrameView,
    ItemView,
    Line,
    PartView,
    SectionView,
    SourceMark,
)
from synopse.render.writer import Setting
from synopse.synthesis.table import Figure, Heading, Part, Table

FEW = 5
"""Of more tables, or pictures, than this there is a list behind the contents."""
FIGURE_ROOM, LEAD_ROOM, MOST_ROOM = 34.0, 38.0, 92.0
"""Millimetres that a heading with its sentence takes; the same with a caption; and what is left empty of a page at most."""
MANY = 99
"""With more papers than this the numbers of sections in the contents take more room."""
_IMAGE = re.compile(r"\{(images/[0-9a-f]+\.[a-z]+)\}")


@dataclass(frozen=True)
class Fallback:
    """A fallback font as luaotfload takes it: HarfBuzz (`harf`) sets scripts whose letters change shape, told by `script`."""

    file: str
    mode: str = "node"
    script: str = ""


@dataclass(frozen=True)
class PrintedItem:
    """A remark as the template is given it; one that is `drawn` begins with a table or a picture, beside which no bullet stands."""

    blocks: tuple[Block, ...]
    where: Latex
    source: Latex
    drawn: bool


@dataclass(frozen=True)
class PrintedField:
    """A field as the template is given it: a label, then items or blocks."""

    label: str
    items: list[PrintedItem]
    blocks: tuple[Block, ...] | Latex
    where: Latex
    source: Latex


@dataclass(frozen=True)
class PrintedSection:
    """A section as the template is given it.

    A template of version 1 of the contract knows no `short` fields and no `card` of a section: it has all of them in `fields`, the
    card at the top, and asks for the `record`.
    """

    title: str
    fields: list[PrintedField]
    short: list[PrintedField]
    card: tuple[Line, ...]
    empty: bool
    record: bool = False
    citation: tuple[Line, ...] = ()


class Document:
    """Writes the pieces of one report as LaTeX (`render.writer.Pieces`), and the files that the engine is asked with."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.environment = make_environment(setting.templates, setting.words, setting.compiled, setting.cited)

    @property
    def words(self) -> Catalogue:
        """The words of the report's language."""
        return self.setting.words

    def fiche(self, view: FicheView) -> dict[str, str | bytes]:
        """The section of one paper."""
        return self._files(f"fiches/{view.name}.tex", self.fiche_text(view))

    def fiche_text(self, view: FicheView) -> str:
        """Its marked LaTeX."""
        old = template_version(self.setting.templates, "fiche.tex") < 2
        card = view.whole_card if old else view.card
        missing = self.words.said("not-filled-list", list=self.words.listed(list(view.missing))) if view.missing else ""
        return render(
            self.environment,
            "fiche.tex",
            key=view.key,
            anchor=view.anchor,
            label=view.label,
            title=view.title,
            card=card,
            sections=[self._section(section, old) for section in view.sections],
            missing=missing,
            apart=view.apart,
        )

    def no_fiche(self, name: str) -> dict[str, str | bytes]:
        """An empty file, of a fiche that the report does not list."""
        return self._files(f"fiches/{name}.tex", "")

    def _section(self, view: SectionView, old: bool) -> PrintedSection:
        short, fields = ([self._field(field) for field in each] for each in (view.short, view.fields))
        if old:
            return PrintedSection(view.title, [*short, *fields], [], (), view.empty, record=bool(view.card))
        return PrintedSection(view.title, fields, short, view.card, view.empty)

    def _field(self, view: FieldView) -> PrintedField:
        missing = Latex(rf"\synopseempty{{{escape(self.words['not-filled'])}}}")
        items = [self._item(item) for item in view.items]
        blocks = missing if view.missing else view.blocks
        return PrintedField(view.label, items, blocks, self._where(view.where), _printed_mark(view.source))

    def _item(self, view: ItemView) -> PrintedItem:
        drawn = bool(view.blocks) and isinstance(view.blocks[0], (PipeTable, Pictured))
        return PrintedItem(view.blocks, self._where(view.where), _printed_mark(view.source), drawn)

    def _where(self, where: tuple[Inline, ...]) -> Latex:
        """Where a remark can be found, in small letters behind it."""
        return Latex(rf"\synopsewhere{{{self.environment.filters['inline'](where)}}}" if where else "")

    def part(self, view: PartView) -> dict[str, str | bytes]:
        """One part of the synthesis, and the shapes of its picture."""
        text, turned = self.part_text(view)
        if turned:
            tell("turned", True)
        files = self._files(f"synthesis/{view.id}.tex", text)
        for picture in self._pictures(view.part):
            files[f"tex/figures/{picture.id}.tex"] = without_marks(self.picture(picture))[0]
        return files

    def _pictures(self, part: Part) -> list[Picture]:
        """The pictures of a part; none where it is no picture, or shows nothing."""
        return draw(part, self.words) if isinstance(part, Figure) and part.table.rows else []

    def part_text(self, view: PartView) -> tuple[str, bool]:
        """Its marked LaTeX, and whether it has turned pages."""
        part = view.part
        given: dict[str, Any] = {"id": part.id, "heading": part.heading, "groups": isinstance(part, Heading)}
        given["nested"] = view.nested
        turned = False
        if not isinstance(part, Heading):
            lead = "" if view.prose else part.lead
            caption = part.caption or part.heading or (Text(part.title),)
            given |= {"first": view.first, "prose": view.prose, "lead": lead, "note": part.note, "caption": caption}
            given["figure"] = isinstance(part, Figure) and bool(part.table.rows)
            given["empty"] = "" if view.table and view.table.rows else "figure" if isinstance(part, Figure) else "table"
        if isinstance(part, Figure):
            pictures = [picture.id for picture in self._pictures(part)]
            given |= {"alt": part.alt, "table": Latex(""), "pictures": pictures}
        elif isinstance(part, Table):
            sheets = lay_out(part, self.words, self.setting.cited) if part.rows else []
            given["table"], turned = self.table(part, sheets)
            given["room"] = self._room(sheets)
        given.setdefault("room", FIGURE_ROOM)
        return render(self.environment, "part.tex", part=given), turned

    def picture(self, picture: Picture) -> str:
        """One picture's shapes."""
        return render(self.environment, "picture.tex", picture=picture)

    def pictures(self, names: list[str], letters: Iterable[str]) -> str:
        """The file that sets the pictures called `names`, a page each, which hold these letters."""
        fonts, _ = fallbacks(letters)
        return render(self.environment, "figures.tex", names=names, fallback=luaotfload_fallback(fonts, letters))

    def _room(self, sheets: list[Sheet]) -> float:
        """The room in millimetres that a part asks for on the page where it begins: all of a small table, the begin of a large one.

        A picture goes to the next page by itself.
        """
        if not sheets or sheets[0].landscape:
            return FIGURE_ROOM
        return round(min(LEAD_ROOM + sheets[0].height, MOST_ROOM), 1)

    def table(self, table: Table, sheets: list[Sheet] | None = None) -> tuple[Latex, bool]:
        """One table, and whether it is turned; an empty one is its lead sentence alone. `sheets` is how it is laid out."""
        if not table.rows:
            return Latex(""), False
        sheets = lay_out(table, self.words, self.setting.cited) if sheets is None else sheets
        text = render(
            self.environment,
            "table.tex",
            id=table.id,
            sheets=sheets,
            caption=table.caption or (Text(table.title),),
            legend=table.legend,
            note=table.note,
            hollow=table.kind == "compare",
            separator=r"\addlinespace[2pt]" if any(c.role == "text" for c in table.columns) else "",
        )
        return Latex(text), any(sheet.landscape for sheet in sheets)

    def frame(self, view: FrameView) -> dict[str, str | bytes]:
        """The main file, the preamble, the body and the chapters, the order of the synthesis; the files of the preview."""
        body = self._body(view)
        preamble = render(self.environment, "preamble.tex", **self._preamble(view, body))
        texts = {"preamble": preamble, "body": body, "base": self.base_file(view.style), "format": self.format_file()}
        texts["synthesis"] = render(self.environment, "synthesis.tex", names=list(view.parts))
        texts |= {name: render(self.environment, f"{name}.tex") for name in ("report", "preview")}
        return {
            name: text for each, marked in texts.items() for name, text in self._files(f"{each}.tex", marked).items()
        }

    def bundled(self, view: FrameView, engine: Engine) -> str:
        """The main file of a bundle: class, packages and preamble in one, for an engine that has TeX Live's fonts alone."""
        given = self._preamble(view, self._body(view), engine, bundled=True)
        return without_marks(render(self.environment, "bundle.tex", **given))[0]

    def letters_of(self, view: FrameView) -> set[str]:
        """The letters beyond ASCII of the whole report."""
        return self._letters(self._body(view))

    def _letters(self, body: str) -> set[str]:
        return {letter for letter in (*self.setting.letters(), *body) if letter > "\x7f"}

    def _preamble(
        self, view: FrameView, body: str, engine: Engine = "lualatex", *, bundled: bool = False
    ) -> dict[str, Any]:
        """What the preamble's template is given."""
        letters = self._letters(body)
        fonts, _ = fallbacks(letters, TEX_LIVE if bundled else "coverage")
        return {
            **self._language(view.lang),
            "engine": engine,
            "bundled": bundled,
            "classes": classes(letters) if engine == "xelatex" else [],
            "title": view.title,
            "authors": ", ".join(view.authors),
            "style": view.style,
            "fallback": luaotfload_fallback(fonts, letters),
            "many": len(view.papers) > MANY,
            "maths": self.setting.any_piece("maths") or has_formulas(body),
            "landscape": self.setting.any_piece("turned"),
            "others": {
                each.lang: catalogue(each.lang)["tex.babel"] for each in view.abstracts if each.lang != view.lang
            },
            "keywords": ", ".join(view.keywords),
            "bidi": any(is_leftward(letter) for letter in letters),
        }

    def _body(self, view: FrameView) -> str:
        chapters: dict[str, list[str]] = {}
        for chapter in view.chapters:
            text = render(self.environment, "chapter.tex", title=chapter.title, blocks=chapter.blocks)
            chapters.setdefault(chapter.place, []).append(text)
        return render(
            self.environment,
            "body.tex",
            report={
                "title": view.title,
                "subtitle": view.subtitle,
                "authors": list(view.authors),
                "statements": list(view.statements),
                "date": " · ".join(each for each in (view.version, view.date) if each),
                "introduction": view.introduction,
            },
            papers=view.papers,
            studies=view.studies,
            abstracts=[self._abstract(each) for each in view.abstracts],
            keywords=view.keywords,
            lists=[name for name, count in (("tables", view.tables), ("figures", view.figures)) if count > FEW],
            chapters=lambda place: Latex("".join(chapters.get(place, ()))),
            synthesis=bool(view.parts),
            changes=view.changes,
            has_appendices=view.appendices,
            keys=list(view.keys),
            apart=view.apart,
            fiches_in=view.fiches_in,
        )

    def _abstract(self, view: Abstract) -> dict[str, Any]:
        """An abstract as the template is given it: babel's name of its language, its heading, its blocks in that language's type."""
        words = catalogue(view.lang)
        blocks = LatexWriter(words, self.setting.cited).blocks(view.blocks)
        return {"lang": view.lang, "babel": words["tex.babel"], "heading": words["abstract"], "blocks": blocks}

    def base_file(self, style: Style) -> str:
        """The class and the large packages, which a format may hold."""
        return render(self.environment, "base.tex", style=style)

    def format_file(self) -> str:
        """What makes a format of it."""
        return render(self.environment, "format.tex")

    def labels_file(self, lang: str, style: Style, keys: list[str]) -> str:
        """A main file that asks the style what it prints for each of the keys."""
        return render(self.environment, "labels.tex", **self._language(lang), style=style, keys=keys)

    def place(self, file: str, chapter: int, section: int, page: int) -> str:
        """Where a previewed fiche stands in the report."""
        return render(self.environment, "place.tex", file=latex_name(file), chapter=chapter, section=section, page=page)

    def _language(self, lang: str) -> dict[str, str]:
        """What babel calls the language, and its code."""
        return {"babel": self.words["tex.babel"], "lang": lang}

    def _files(self, name: str, marked: str) -> dict[str, str | bytes]:
        """A rendered file, its line map, and the images that it shows."""
        text, places = without_marks(marked)
        text = text.rstrip("\n") + "\n"
        tell_needs(text)
        files: dict[str, str | bytes] = {f"tex/{name}": text, f"lines/{name}.json": places.to_json()}
        return files | {f"tex/{image}": data for image, data in self._images(_IMAGE.findall(text))}

    def _images(self, names: Iterable[str]) -> Iterable[tuple[str, bytes]]:
        """The images of these names; one that was changed since the text was read is left, for the next build."""
        for name in dict.fromkeys(names):
            source = self.setting.images.get(name)
            if source is not None:
                data = source.read_bytes()
                if image_name(data, source.suffix.lower()) == name:
                    yield name, data


def _unbroken(words: str) -> str:
    return escape(words).replace("\u00a0", "~")


def _printed_mark(mark: SourceMark | None) -> Latex:
    """The margin mark of a remark: file and line, and the page of the paper; a link to the source."""
    if mark is None:
        return Latex("")
    shown = f"{escape(mark.name)}:{mark.line}" + (f" {_unbroken(mark.pages)}" if mark.pages else "")
    return Latex(rf"\synopsesource{{{escape_url(f'../{mark.file}#L{mark.line}')}}}{{{shown}}}")


def luaotfload_fallback(fonts: list[Font], letters: Iterable[str]) -> list[Fallback]:
    """The fonts in the order in which a character is looked for: the upright face first, for the others have fewer."""
    letters = set(letters)
    if not fonts and in_every_face(letters):
        return []
    of: dict[Font, Counter[str]] = {font: Counter() for font in fonts}
    for letter in letters:
        script = script_of(letter)
        for font in fonts if script else ():
            if font.has(ord(letter)):
                of[font][script] += 1
    return [Fallback("LinLibertine_R.otf"), *(_shaped(font, of[font]) for font in fonts)]


def _shaped(font: Font, scripts: Counter[str]) -> Fallback:
    """A font with the script that it is to set; one with several, as some of TeX Live's, sets that with the most letters."""
    if not scripts:
        return Fallback(font.file)
    return Fallback(font.file, "harf", SHAPED[min(scripts, key=lambda name: (-scripts[name], name))])
