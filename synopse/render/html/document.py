"""The report's pieces in (`render.view`); pieces of HTML out, by their paths in `build/html`. `join.py` makes one page of them."""

from __future__ import annotations

from collections.abc import Iterable

from synopse.diagnostics import Span
from synopse.ground.notes import note
from synopse.locale import Catalogue, catalogue
from synopse.markup.tree import Block, Text
from synopse.render.html.join import alone
from synopse.render.html.picture import picture_html
from synopse.render.html.table import papers_of, table_html
from synopse.render.html.text import NUMBERED, HtmlWriter, escape, heading, identifier, place_token, prose
from synopse.render.pictures import draw
from synopse.render.view import (
    Abstract,
    FicheView,
    FieldView,
    FrameView,
    ItemView,
    Line,
    PaperLine,
    PartView,
    SectionView,
)
from synopse.render.writer import Setting
from synopse.synthesis.table import Figure, Heading, Table

FOLDER = "html"


class HtmlDocument:
    """Writes the pieces of one report as HTML (`render.writer.Pieces`)."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    @property
    def words(self) -> Catalogue:
        """The words of the report's language."""
        return self.setting.words

    def writer(self, piece: str, words: Catalogue | None = None) -> HtmlWriter:
        """A writer of texts for a piece, whose name the ids of its notes begin with."""
        return HtmlWriter(words or self.words, self.setting.cited, self.setting.images, identifier(piece))

    def fiche(self, view: FicheView) -> dict[str, str | bytes]:
        """The section of one paper."""
        note("report.html", "report.lang")
        return {f"{FOLDER}/fiches/{view.name}.html": _Fiche(self, view).text()}

    def no_fiche(self, name: str) -> dict[str, str | bytes]:
        """An empty file, of a fiche that the report does not list."""
        return {f"{FOLDER}/fiches/{name}.html": ""}

    def part(self, view: PartView) -> dict[str, str | bytes]:
        """One part of the synthesis."""
        note("report.lang")
        return {f"{FOLDER}/synthesis/{view.id}.html": self.part_text(view)}

    def part_text(self, view: PartView) -> str:
        """Its HTML: heading, prose or lead, then the table or the picture with its data."""
        part, name = view.part, identifier(view.id)
        writer = self.writer(view.id)
        inside = writer.inlines(part.heading or (Text(part.title),))
        if isinstance(part, Heading):
            return heading(3, inside, "section", f"to-{name}", view.id)
        level, number = (4, "subsection") if view.nested else (3, "section")
        said = [heading(level, inside, number, f"to-{name}", view.id)]
        if view.prose:
            said.append(writer.blocks(view.prose, 5))
        elif part.lead:
            said.append(f'<p class="lead">{prose(part.lead, self.words.lang)}</p>')
        caption = writer.inlines(part.caption or part.heading or (Text(part.title),))
        if isinstance(part, Figure):
            said.append(self._figure(part, caption, name, view.id, writer))
        elif part.rows:
            said.append(table_html(part, writer, f"{_number('table', view.id)} – {caption}", f"t-{name}"))
        else:
            said.append(f'<p id="t-{name}" hidden>{_number("table", view.id, none=True)}</p>')
        return "\n".join([f'<section class="part" data-part="{name}">', *said, writer.footnotes(), "</section>"])

    def _figure(self, part: Figure, caption: str, name: str, id: str, writer: HtmlWriter) -> str:
        if not part.table.rows:
            return f'<p id="t-{name}" hidden>{_number("figure", id, none=True)}</p>'
        pictures = [picture_html(each, part, writer, identifier(each.id)) for each in draw(part, self.words)]
        below = f'<p class="below">{writer.inlines(part.note)}</p>' if part.note else ""
        data = table_html(part.table, writer, caption, f"d-{name}")
        more = f"<details><summary>{escape(self.words['html.data'])}</summary>{data}</details>"
        return (
            f'<figure class="picture" id="t-{name}" data-of="{papers_of(part.table)}">{"".join(pictures)}'
            f"<figcaption>{_number('figure', id)} – {caption}</figcaption>{below}{more}</figure>"
        )

    def tables_page(self, title: str, tables: Iterable[Table]) -> str:
        """Tables alone as a page, which needs no script."""
        parts = [f"<header><h1>{prose(title, self.words.lang)}</h1></header>"]
        for table in tables:
            writer, name = self.writer(table.id), identifier(table.id)
            parts += [
                f'<section class="part"><h2 id="to-{name}">{prose(table.title, self.words.lang)}</h2>',
                f"<p>{prose(table.lead, self.words.lang)}</p>",
            ]
            parts += [
                table_html(table, writer, prose(table.title, self.words.lang), f"t-{name}") if table.rows else "",
                "</section>",
            ]
        return alone(self.words, title, "\n".join(parts))

    def frame(self, view: FrameView) -> dict[str, str | bytes]:
        """The page around the pieces, with a mark for each."""
        note("report.lang")
        return {f"{FOLDER}/frame.html": _Frame(self, view).text()}


def _number(kind: str, id: str, *, none: bool = False) -> str:
    """The place of a number; a table or picture with nothing in it has none, and is referred to by that of its section."""
    own = " data-none" if none else ""
    return NUMBERED.format(kind=kind).replace(' data-n="', f'{own} data-name="{kind}:{escape(id)}" data-n="')


class _Fiche:
    """One paper's section, as it is written."""

    def __init__(self, document: HtmlDocument, view: FicheView) -> None:
        self.document, self.view = document, view
        self.writer = document.writer(view.key)
        self.ids: set[str] = set()

    def text(self) -> str:
        """The section."""
        view, words = self.view, self.document.words
        name = identifier(view.key)
        said = [heading(3, self.writer.inlines(view.title), "section", f"to-{name}", view.key)]
        said.append(f'<p class="label">{prose(view.label, words.lang)}</p>')
        if view.card:
            said.append(self._card(view.card))
        said += [self._section(section) for section in view.sections]
        if view.missing:
            listed = words.said("not-filled-list", list=words.listed(list(view.missing)))
            said.append(f'<p class="missing">{prose(listed, words.lang)}</p>')
        return "\n".join([f'<section class="fiche" data-k="{name}">', *said, self.writer.footnotes(), "</section>"])

    def _said(self, text: str) -> str:
        return prose(text, self.document.words.lang)

    def _card(self, card: Iterable[Line]) -> str:
        lines = (
            f"<div><dt>{self._said(each.label)}</dt><dd>{self.writer.inlines(each.text)}</dd></div>" for each in card
        )
        return f'<dl class="card">{"".join(lines)}</dl>'

    def _section(self, section: SectionView) -> str:
        said = [heading(4, self._said(section.title), "subsection")]
        if section.card:
            said.append(self._card(section.card))
        if section.empty:
            said.append(f'<p class="missing">{escape(self.document.words["not-filled"])}</p>')
        if section.short:
            said.append(f'<dl class="facts">{"".join(map(self._fact, section.short))}</dl>')
        said += [self._field(field, section.title) for field in section.fields]
        return "\n".join(said)

    def _fact(self, field: FieldView) -> str:
        label = self._said(field.label)
        if field.missing:
            empty = escape(self.document.words["not-filled"])
            return f'<div><dt>{label}</dt><dd class="missing">{empty}</dd></div>'
        inside = self.writer.flow(field.blocks, 6) + self._after(field)
        return f'<div><dt>{label}</dt><dd data-f="{label}"{self._ids(field.spans)}>{inside}</dd></div>'

    def _field(self, field: FieldView, section: str) -> str:
        label = self._said(field.label)
        said = f"<h5>{label}</h5>" if label else ""
        named = label or self._said(section)
        if field.items:
            items = "".join(map(self._item, field.items))
            return f'{said}<ul class="remarks" data-f="{named}">{items}</ul>'
        inside = self.writer.blocks(field.blocks, 6) + self._after(field)
        return f'{said}<div data-f="{named}"{self._ids(field.spans)}>{inside}</div>'

    def _item(self, item: ItemView) -> str:
        spans = item.spans
        inside = self.writer.flow(item.blocks, 6) + self._after(item)
        return f"<li{self._ids(spans[:1])}>{self._others(spans[1:])}{inside}</li>"

    def _after(self, each: FieldView | ItemView) -> str:
        where = f" <small>({self.writer.inlines(each.where)})</small>" if each.where else ""
        return where + self._told(each.spans)

    def _told(self, spans: tuple[Span, ...]) -> str:
        """File and line, where the report asks for them."""
        told = self.document.setting.told
        if not spans or told not in ("plain", "vscode"):
            return ""
        span = spans[0]
        shown = f"{escape(span.file)}:{span.line}"
        if told == "plain":
            return f' <span class="src">{shown}</span>'
        path = (self.document.setting.root / span.file).as_posix()
        address = f"vscode://file/{escape(path.lstrip('/'))}:{span.line}:{span.column}"
        return f' <a class="src" href="{address}">{shown}</a>'

    def _ids(self, spans: tuple[Span, ...]) -> str:
        """The id of what was written at a place; each is given once."""
        token = place_token(spans[0]) if spans else ""
        if not token or token in self.ids:
            return ""
        self.ids.add(token)
        return f' id="{token}"'

    def _others(self, spans: tuple[Span, ...]) -> str:
        """Further places that an item says, such as each of several terms."""
        return "".join(f"<span{ids}></span>" for span in spans if (ids := self._ids((span,))))


class _Frame:
    """The page around the pieces, as it is written."""

    def __init__(self, document: HtmlDocument, view: FrameView) -> None:
        self.document, self.view, self.words = document, view, document.words

    def text(self) -> str:
        """Everything between the begin of the header and the bibliography, with a mark for each piece."""
        view, words = self.view, self.words
        said = [self._header(), *map(self._abstract, view.abstracts)]
        if view.keywords:
            listed = prose(", ".join(view.keywords), words.lang)
            said.append(f'<p class="keywords"><b>{escape(words["keywords"] + words["colon"])}</b> {listed}</p>')
        if view.introduction:
            said.append(
                self._chapter("introduction", escape(words["introduction"]), self._blocks("intro", view.introduction))
            )
        said.append(self._chapters("introduction"))
        said.append(self._papers())
        said.append(self._chapters("papers"))
        if view.fiches_in == "body":
            said.append(self._fiches("chapter"))
        said.append(self._chapters("fiches"))
        if view.parts:
            parts = "\n".join(f"<!--part:{name}-->" for name in view.parts)
            said.append(self._chapter("synthesis", escape(words["synthesis"]), parts))
        said.append(self._chapters("synthesis"))
        said.append("<!--changes-->")
        if view.fiches_in == "appendix":
            said.append(self._fiches("appendix"))
        said.append(self._chapters("appendix", "appendix"))
        said.append("<!--bibliography-->")
        return "\n".join(said) + "\n"

    def _fiches(self, number: str) -> str:
        fiches = "\n".join(f"<!--fiche:{paper.name}-->" for paper in self.view.papers)
        return self._chapter("fiches", escape(self.words["fiches"]), fiches, number)

    def _header(self) -> str:
        view, writer = self.view, self.document.writer("title")
        subtitle = f'<p class="subtitle">{writer.inlines(view.subtitle)}</p>' if view.subtitle else ""
        authors = f'<p class="authors">{prose(", ".join(view.authors), self.words.lang)}</p>' if view.authors else ""
        dated = " · ".join(each for each in (view.version, view.date) if each)
        date = f'<p class="date">{escape(dated)}</p>' if dated else ""
        title = f"<h1>{writer.inlines(view.title)}</h1>"
        colon = self.words["colon"]
        said = "".join(
            f"<p><b>{prose(name + colon, self.words.lang)}</b> {prose(text, self.words.lang)}</p>"
            for name, text in view.statements
        )
        more = f'<div class="statements">{said}</div>' if said else ""
        return f"<header>{title}{subtitle}{authors}{date}{more}{writer.footnotes()}</header>"

    def _abstract(self, each: Abstract) -> str:
        words = catalogue(each.lang)
        writer = self.document.writer(f"abstract-{each.lang}", words)
        lang = f' lang="{escape(each.lang)}"' if each.lang != self.view.lang else ""
        inside = writer.blocks(each.blocks, 3) + writer.footnotes()
        return f'<section class="abstract"{lang}><h2>{escape(words["abstract"])}</h2>{inside}</section>'

    def _blocks(self, piece: str, blocks: tuple[Block, ...]) -> str:
        writer = self.document.writer(piece)
        return writer.blocks(blocks, 3) + writer.footnotes()

    def _chapter(self, id: str, title: str, inside: str, number: str = "chapter") -> str:
        return f'<section class="chapter">{heading(2, title, number, f"to-{id}", id)}\n{inside}\n</section>'

    def _chapters(self, place: str, number: str = "chapter") -> str:
        said = []
        for count, each in enumerate(self.view.chapters, 1):
            if each.place == place:
                id = f"chapter-{count}"
                title = self.document.writer(id).inlines(each.title)
                said.append(self._chapter(id, title, self._blocks(id, each.blocks), number))
        return "\n".join(said)

    def _papers(self) -> str:
        view, writer = self.view, self.document.writer("papers")
        lead = f"<p>{escape(self.words.said('papers.lead', n=view.studies))}</p>"
        items = "".join(
            f'<li{self._stands_for(paper)} data-k="{_key(paper)}">{self._number_of(paper)}{writer.inlines(paper.line)}</li>'
            for paper in view.papers
        )
        return self._chapter("papers", escape(self.words["papers"]), f'{lead}<ol class="papers">{items}</ol>')

    def _stands_for(self, paper: PaperLine) -> str:
        """The id of a paper that has no section: what refers to it leads to its line."""
        return f' id="to-{_key(paper)}"' if self.view.fiches_in == "none" else ""

    def _number_of(self, paper: PaperLine) -> str:
        """What refers to such a paper has the number of the chapter, as in the PDF."""
        if self.view.fiches_in != "none":
            return ""
        name = escape(paper.anchor.removeprefix("#fiche:"))
        return f'<span hidden><span class="no" data-none data-name="{name}" data-n="section"></span></span>'


def _key(paper: PaperLine) -> str:
    return identifier(paper.anchor.removeprefix("#fiche:"))
