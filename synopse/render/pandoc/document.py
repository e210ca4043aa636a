"""A report as data in (`render.view`); one pandoc document out, numbered as the PDF is. Pictures are files that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from synopse.locale import Catalogue
from synopse.markup.text import Cited
from synopse.markup.tree import Text
from synopse.render.html.picture import picture_html
from synopse.render.html.table import SIGNS
from synopse.render.html.text import HtmlWriter, anchor, identifier, place_token
from synopse.render.measure import runs
from synopse.render.measure import width as width_of
from synopse.render.numbering import Numbering
from synopse.render.pandoc.ast import Node, cell, div, document, header, link, meta_inlines, node, span, table, words
from synopse.render.pandoc.text import PandocWriter, entry_inlines
from synopse.render.pictures import draw
from synopse.render.view import (
    ChapterView,
    FicheView,
    FieldView,
    FrameView,
    ItemView,
    Line,
    PaperLine,
    PartView,
    SectionView,
)
from synopse.synthesis.table import Cell, Column, Heading, Row, Table
from synopse.synthesis.table import Figure as Drawn

LINE = 160.0
"""About the width of a line in millimetres."""
MOST_COLUMNS = 14
"""A table with more columns is cut into several, the first column repeated."""
COLOURS = {
    "--ink": "#1c1f24",
    "--quiet": "#54595f",
    "--paper": "#ffffff",
    "--accent": "#183c6e",
    "--pale": "#e8eef6",
    "--line": "#c9ced6",
}


@dataclass
class Office:
    """Writes one report for word processors. `picture` is given each picture as SVG, by name, and gives the file that shows it."""

    said: Catalogue
    cited: Cited
    images: Mapping[str, Path]
    picture: Callable[[str, str], Path]
    fresh: Mapping[str, str] = field(default_factory=dict)
    """For tracked changes: what a text said before, by the token of its place."""

    def __post_init__(self) -> None:
        self.writer = PandocWriter(self.said, self.cited, self.images)
        self.html = HtmlWriter(self.said, self.cited, self.images)
        self.numbers: dict[str, str] = {}
        self.count = Numbering()

    def whole(
        self,
        frame: FrameView,
        fiches: Mapping[str, FicheView],
        parts: Mapping[str, PartView],
        entries: Sequence[tuple[str, str]],
    ) -> dict[str, Any]:
        """The document: `fiches` by the name of their files, `parts` by id, `entries` the references by key."""
        said, writer = self.said, self.writer
        blocks: list[Node] = []
        for name, text in frame.statements:
            blocks.append(node("Para", [node("Strong", words(name + said["colon"])), node("Space"), *words(text)]))
        for each in frame.abstracts:
            blocks += [div([node("Para", words(said["abstract"]))], "Abstract Title"), *writer.blocks(each.blocks, 3)]
        if frame.keywords:
            listed = [
                node("Strong", words(said["keywords"] + said["colon"])),
                node("Space"),
                *words(", ".join(frame.keywords)),
            ]
            blocks.append(node("Para", listed))
        if frame.introduction:
            blocks += [
                self._chapter("introduction", words(said["introduction"])),
                *writer.blocks(frame.introduction, 2),
            ]
        blocks += self._chapters(frame, "introduction")
        blocks += self._papers(frame)
        blocks += self._chapters(frame, "papers")
        if frame.fiches_in == "body":
            blocks += self._fiches(frame, fiches, "chapter")
        blocks += self._chapters(frame, "fiches")
        if frame.parts:
            blocks.append(self._chapter("synthesis", words(said["synthesis"])))
            for id in frame.parts:
                blocks += self.part(parts[id])
        blocks += self._chapters(frame, "synthesis")
        if frame.fiches_in == "appendix":
            blocks += self._fiches(frame, fiches, "appendix")
        blocks += self._chapters(frame, "appendix", "appendix")
        if entries:
            blocks.append(header(1, words(said["bibliography"]), "to-bibliography"))
            for key, entry in entries:
                blocks.append(
                    div([node("Para", [span([], f"ref-{identifier(key)}"), *entry_inlines(entry)])], "Bibliography")
                )
        for number, name in writer.waiting:
            number["c"] = self.numbers.get(name, "?")
        return document(self._meta(frame), blocks)

    def _meta(self, frame: FrameView) -> dict[str, Any]:
        meta: dict[str, Any] = {
            "title": meta_inlines(self.writer.inlines(frame.title)),
            "lang": meta_inlines(words(frame.lang)),
            "toc-title": meta_inlines(words(self.said["html.contents"])),
        }
        if frame.subtitle:
            meta["subtitle"] = meta_inlines(self.writer.inlines(frame.subtitle))
        if frame.authors:
            meta["author"] = node("MetaList", [meta_inlines(words(author)) for author in frame.authors])
        dated = " · ".join(each for each in (frame.version, frame.date) if each)
        if dated:
            meta["date"] = meta_inlines(words(dated))
        if frame.keywords:
            meta["keywords"] = node("MetaList", [meta_inlines(words(each)) for each in frame.keywords])
        return meta

    def _numbered(self, kind: str, name: str = "") -> str:
        """The next number of a kind, which references call by `name`."""
        number = self.count.next(kind)
        if name:
            self.numbers[name] = number
        return number

    def _heading(self, level: int, inlines: list[Node], kind: str, id: str, name: str = "") -> Node:
        number = self._numbered(kind, name)
        return header(level, [node("Str", number), node("Space"), *inlines], id)

    def _chapter(self, name: str, inlines: list[Node], kind: str = "chapter") -> Node:
        return self._heading(1, inlines, kind, f"to-{name}", name)

    def _chapters(self, frame: FrameView, place: str, kind: str = "chapter") -> list[Node]:
        blocks: list[Node] = []
        for count, each in enumerate(frame.chapters, 1):
            if each.place == place:
                blocks += self._own(each, f"chapter-{count}", kind)
        return blocks

    def _own(self, each: ChapterView, name: str, kind: str) -> list[Node]:
        return [self._chapter(name, self.writer.inlines(each.title), kind), *self.writer.blocks(each.blocks, 2)]

    def _fiches(self, frame: FrameView, fiches: Mapping[str, FicheView], number: str) -> list[Node]:
        blocks = [self._chapter("fiches", words(self.said["fiches"]), number)]
        for paper in frame.papers:
            blocks += self.fiche(fiches[paper.name])
        return blocks

    def _papers(self, frame: FrameView) -> list[Node]:
        chapter = self._chapter("papers", words(self.said["papers"]))
        items = [
            [node("Plain", [*self._stands_for(paper, frame), *self.writer.inlines(paper.line)])]
            for paper in frame.papers
        ]
        listed = [node("OrderedList", [[1, node("Decimal"), node("Period")], items])] if items else []
        lead = node("Para", words(self.said.said("papers.lead", n=frame.studies)))
        return [chapter, lead, *listed]

    def _stands_for(self, paper: PaperLine, frame: FrameView) -> list[Node]:
        """The place of a paper that has no section: what refers to it has the number of the chapter."""
        if frame.fiches_in != "none":
            return []
        key = paper.anchor.removeprefix("#fiche:")
        self.numbers[key] = self.numbers["papers"]
        return [span([], f"to-{identifier(key)}")]

    def fiche(self, view: FicheView) -> list[Node]:
        """The section of one paper."""
        blocks = [self._heading(2, self.writer.inlines(view.title), "section", f"to-{identifier(view.key)}", view.key)]
        blocks += self._card(view.card)
        for section in view.sections:
            blocks += self._section(section)
        if view.missing:
            listed = self.said.said("not-filled-list", list=self.said.listed(list(view.missing)))
            blocks.append(node("Para", [node("Emph", words(listed))]))
        return blocks

    def _card(self, card: Iterable[Line]) -> list[Node]:
        rows = [
            [
                cell([node("Plain", words(each.label))]),
                cell([node("Plain", self.writer.marked(self.writer.inlines(each.text), each.span))]),
            ]
            for each in card
        ]
        return [table([], ["AlignLeft", "AlignLeft"], [0.22, 0.78], [], rows)] if rows else []

    def _section(self, section: SectionView) -> list[Node]:
        blocks = [self._heading(3, words(section.title), "subsection", "")]
        blocks += self._card(section.card)
        if section.empty:
            blocks.append(node("Para", [node("Emph", words(self.said["not-filled"]))]))
        if section.short:
            rows = [[cell([node("Plain", words(each.label))]), cell(self._short(each))] for each in section.short]
            blocks.append(table([], ["AlignLeft", "AlignLeft"], [0.32, 0.68], [], rows))
        for each in section.fields:
            blocks += self._field(each)
        return blocks

    def _short(self, each: FieldView) -> list[Node]:
        if each.missing:
            return [node("Plain", [node("Emph", words(self.said["not-filled"]))])]
        return self._with_place(each.blocks, each)

    def _field(self, each: FieldView) -> list[Node]:
        blocks = [header(4, words(each.label))] if each.label else []
        if each.items:
            return [*blocks, node("BulletList", [self._with_place(item.blocks, item) for item in each.items])]
        return [*blocks, *self._with_place(each.blocks, each, plain=False)]

    def _with_place(self, blocks: Any, each: FieldView | ItemView, plain: bool = True) -> list[Node]:
        """Blocks with the bookmark of their place, what they said before, and where in the paper they are found."""
        made = self.writer.flow(blocks, each.spans[0] if each.spans else None)
        if made and made[0]["t"] == "Plain":
            made[0]["c"] = self._tracked(made[0]["c"], each)
            if each.where:
                made[0]["c"] += [node("Space"), *words("("), *self.writer.inlines(each.where), *words(")")]
            if not plain:
                made[0] = node("Para", made[0]["c"])
        return made

    def _tracked(self, inlines: list[Node], each: FieldView | ItemView) -> list[Node]:
        """The inlines with what they said before as tracked changes, where they are asked for."""
        token = place_token(each.spans[0]) if each.spans else ""
        if token not in self.fresh:
            return inlines
        from synopse.render.pandoc.changes import tracked

        return tracked(inlines, self.fresh[token])

    def part(self, view: PartView) -> list[Node]:
        """One part of the synthesis."""
        part, name = view.part, identifier(view.id)
        inside = self.writer.inlines(part.heading or (Text(part.title),))
        if isinstance(part, Heading):
            return [self._heading(2, inside, "section", f"to-{name}", view.id)]
        level, kind = (3, "subsection") if view.nested else (2, "section")
        blocks = [self._heading(level, inside, kind, f"to-{name}", view.id)]
        blocks += (
            self.writer.blocks(view.prose, 4) if view.prose else [node("Para", words(part.lead))] if part.lead else []
        )
        caption = self.writer.inlines(part.caption or part.heading or (Text(part.title),))
        if isinstance(part, Drawn):
            blocks += self._figure(part, caption, view.id) if part.table.rows else []
        elif part.rows:
            blocks += self.table(part, caption, view.id)
        if part.note:
            blocks.append(div([node("Para", self.writer.inlines(part.note))], "Table Note"))
        return blocks

    def _caption(self, kind: str, id: str, caption: list[Node]) -> list[Node]:
        number = self._numbered(kind, f"{kind}:{id}")
        label = f"{self.said[f'ref.{kind}'].capitalize()}\u00a0{number}"
        return [span([node("Strong", words(label))], f"t-{identifier(id)}"), *words(" – "), *caption]

    def _figure(self, part: Drawn, caption: list[Node], id: str) -> list[Node]:
        blocks: list[Node] = []
        captioned = self._caption("figure", id, caption)
        for number, picture in enumerate(draw(part, self.said)):
            svg = standalone(picture_html(picture, part, self.html, identifier(picture.id)))
            file = self.picture(picture.id, svg)
            image = node("Image", [["", [], [["width", "100%"]]], words(part.alt), [file.as_posix(), ""]])
            shown = [None, [node("Plain", captioned)] if number == 0 else []]
            blocks.append(node("Figure", [["", [], []], shown, [node("Plain", [image])]]))
        return blocks

    def table(self, made: Table, caption: list[Node], id: str) -> list[Node]:
        """A table of the synthesis, cut by columns where it has very many."""
        count = len(made.columns)
        tail = [n for n in range(1, count) if made.columns[n].role == "count" and not made.columns[n].paper]
        body = [n for n in range(1, count) if n not in tail]
        size = max(1, MOST_COLUMNS - 1 - len(tail))
        groups = [[0, *body[at : at + size]] for at in range(0, len(body), size)] or [[0]]
        groups[-1] += tail
        captioned = self._caption("table", id, caption)
        blocks: list[Node] = []
        for number, group in enumerate(groups, 1):
            part = f" ({self.said.said('table.part', n=number, of=len(groups))})" if len(groups) > 1 else ""
            shown = [*captioned, *words(part)] if number == 1 else [*caption, *words(part)]
            columns = [made.columns[n] for n in group]
            head = [cell([node("Plain", [node("Strong", words(column.title))])]) for column in columns]
            rows = [[self._cell(row.cells[n], row) for n in group] for row in made.rows]
            blocks.append(
                table(shown, [_align(column) for column in columns], _widths(made, group, self.said), head, rows)
            )
        if made.legend:
            listed = " · ".join(f"{SIGNS[mark]} {self.said[f'legend.{mark}']}" for mark in made.legend)
            blocks.append(div([node("Para", words(listed))], "Table Note"))
        return blocks

    def _cell(self, each: Cell, row: Row) -> list[Any]:
        place = each.spans[0] if each.spans else None
        if each.mark:
            inlines = [words(SIGNS[each.mark])]
        elif each.number is not None:
            inlines = [words(each.number_said(self.said))]
        else:
            inlines = [self.writer.inlines(part) for part in each.parts]
        one_each = len(each.spans) == len(inlines)
        blocks = []
        for number, part in enumerate(inlines):
            shown = [node("Strong", part)] if row.total and part else part
            if each.link.startswith("#") and shown and not each.mark:
                shown = [link(shown, f"#{anchor(each.link)}")]
            blocks.append(node("Plain", self.writer.marked(shown, each.spans[number] if one_each else place)))
        return cell(blocks)


def _align(column: Column) -> str:
    if column.role == "mark" or column.paper:
        return "AlignCenter"
    return "AlignRight" if column.role in ("count", "number") else "AlignLeft"


def _widths(made: Table, group: list[int], said: Catalogue) -> list[float]:
    """The share of the line of each column: its widest word, and of what is left by the square root of all its words."""
    least, areas = [], []
    for index in group:
        texts = [text for row in made.rows for part in row.cells[index].parts for text, _ in runs(part, said)]
        spoken = [word for text in (*texts, made.columns[index].title) for word in text.split()]
        least.append(min(34.0, max((width_of(word, 10.5, "bold") for word in spoken), default=0.0) + 4.5))
        areas.append(max(4.0, sum(width_of(text, 10) for text in texts)) ** 0.5)
    left = max(0.0, LINE - sum(least))
    widths = [need + left * area / sum(areas) for need, area in zip(least, areas, strict=True)]
    return [width / sum(widths) for width in widths]


def standalone(svg: str) -> str:
    """A picture of the web page as a file of its own: with the page's style, in its light colours."""
    from synopse.render.html.join import ARROW, asset

    style = "".join(line for line in asset("page.css").split("\n") if line.startswith("svg "))
    for name, value in COLOURS.items():
        style = style.replace(f"var({name})", value)
    style = style.replace("svg ", "").replace("marker path", "path.arrow")
    defs = ARROW[ARROW.index("<defs>") : ARROW.index("</svg>")].replace(
        "<path ", f'<path fill="{COLOURS["--accent"]}" '
    )
    opened = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return opened.replace(">", f"><style>{style}</style>{defs}", 1)
