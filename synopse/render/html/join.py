"""The pieces of HTML in; one page out, which needs nothing else: numbers, contents, bibliography, data, style and script.

The page is whole without its script. A content security policy lets nothing in but what the page itself holds: its own style and
script, by their digests (CSP Level 3, § 8), and images that are in it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from synopse.locale import Catalogue
from synopse.render.html.compact import LARGE, compact
from synopse.render.html.text import escape, identifier
from synopse.render.numbering import Numbering

HERE = Path(__file__).parent
_PIECE = re.compile(r"<!--(fiche|part):([^>]*?)-->")
_NUMBER = re.compile(r'<(?P<tag>span|b) class="(?P<class>no|n)"(?P<before>[^>]*)></(?P=tag)>')
_REF = re.compile(r'<a data-ref="([^"]*)">([^<]*)</a>')
_HEADING = re.compile(r'<h(?P<level>[23]) id="(?P<id>[^"]+)">(?P<inside>.*?)</h(?P=level)>', re.DOTALL)
_OF = re.compile(r'(?<= )data-of="([^"]*)"')
_TABLE = re.compile(r'<figure class="(?:table|picture)" id="t-([^"]+)"')


@dataclass(frozen=True)
class Page:
    """All that a page is made of. `read` gives a piece by kind and name; `entries` are the references, each with its other keys."""

    title: str
    words: Catalogue
    frame: str
    read: Callable[[str, str], str]
    entries: Sequence[tuple[str, str, tuple[str, ...]]] = ()
    apart: frozenset[str] = frozenset()
    """The keys of the retained papers, where these have a list of their own."""
    data: Mapping[str, Any] = field(default_factory=dict)
    linked: Mapping[str, Any] = field(default_factory=dict)
    csv: Mapping[str, str] = field(default_factory=dict)
    changes: str = ""


def joined(page: Page) -> str:
    """The page."""
    body = page.frame.replace("<!--changes-->", page.changes).replace("<!--bibliography-->", _bibliography(page))
    body = _PIECE.sub(lambda match: page.read(match[1], match[2]), body)
    body, numbers = _numbered(body, page.words)
    body = _REF.sub(lambda match: _reference(match, numbers), body)
    body = _TABLE.sub(lambda match: _with_csv(match, page), body)
    contents = f'<nav class="contents" aria-label="{escape(page.words["html.contents"])}">{_contents(body)}</nav>'
    body = body.replace("</header>", f"</header>\n{contents}", 1)
    body, groups = _papers_once(body)
    told = {**page.data, "groups": groups}
    if len(body) > LARGE:
        body, told = compact(body, told)
    style, script = asset("page.css"), asset("page.js")
    policy = (
        "default-src 'none'; img-src data:; "
        f"style-src 'sha256-{digest(style)}'; script-src 'sha256-{digest(script)}'; base-uri 'none'; form-action 'none'"
    )
    words = page.words
    said = {name.removeprefix("html."): words[name] for name in sorted(words.names()) if name.startswith("html.")}
    data = _json({**told, "words": said})
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(words.lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(page.title)}</title>\n<style>{style}</style>\n"
        f'<script type="application/ld+json">{_json(page.linked)}</script>\n</head>\n<body>\n'
        f'<a class="skip" href="#main">{escape(words["html.skip"])}</a>\n'
        f'{ARROW}<div id="tools" role="search" hidden></div>\n<main id="main" tabindex="-1">\n{body}</main>\n'
        f'<script type="application/json" id="data">{data}</script>\n<script>{script}</script>\n</body>\n</html>\n'
    )


def alone(words: Catalogue, title: str, body: str) -> str:
    """A page of its own, in the style of the report's, without a script."""
    style = asset("page.css")
    policy = f"default-src 'none'; style-src 'sha256-{digest(style)}'; base-uri 'none'; form-action 'none'"
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(words.lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<main id="main">\n{body}\n</main>\n</body>\n</html>\n'
    )


ARROW = (
    '<svg width="0" height="0" class="defs" aria-hidden="true" focusable="false"><defs><marker id="arrow" viewBox="0 0 4 4" refX="3.6" '
    'refY="2" markerWidth="5" markerHeight="5" orient="auto"><path d="M0 0L4 2L0 4Z"/></marker></defs></svg>'
)


@lru_cache(maxsize=4)
def asset(name: str) -> str:
    """The page's style or script, without its comments' lines and indentation."""
    lines = (line.strip() for line in (HERE / name).read_text("utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("// ", "/* ")))


def digest(text: str) -> str:
    """What a content security policy calls a style or script by."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _json(data: Any) -> str:
    """JSON that no text in it can end."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("&", "\\u0026")


def _numbered(body: str, words: Catalogue) -> tuple[str, dict[str, tuple[str, str]]]:
    """The page with its numbers, as the PDF has them; and for each name the id of its place and its number."""
    count = Numbering()
    numbers: dict[str, tuple[str, str]] = {}

    def one(match: re.Match[str]) -> str:
        kind = re.search(r'data-n="(\w+)"', match["before"])
        named = re.search(r'data-name="([^"]*)"', match["before"])
        what = kind[1] if kind else "figure"
        number = count.heading if " data-none" in match["before"] else count.next(what)
        if named:
            place = (
                f"t-{identifier(named[1].partition(':')[2])}"
                if what in ("table", "figure")
                else f"to-{identifier(named[1])}"
            )
            numbers[named[1]] = (place, number)
        shown = f"{words[f'ref.{what}'].capitalize()}\u00a0{number}" if what in ("table", "figure") else number
        return f'<{match["tag"]} class="{match["class"]}">{escape(shown)}</{match["tag"]}>' + (
            "" if match["tag"] == "b" else " "
        )

    return _NUMBER.sub(one, body), numbers


def _reference(match: re.Match[str], numbers: Mapping[str, tuple[str, str]]) -> str:
    place, number = numbers.get(match[1], ("", ""))
    return f'<a href="#{place}">{match[2]}{number}</a>' if place else f"{match[2]}?"


def _contents(body: str) -> str:
    """Chapters and sections as nested lists of links."""
    said: list[str] = []
    inner = False
    for match in _HEADING.finditer(body):
        words = re.sub(r"<sup>.*?</sup>|<(?!/?(?:em|i|sub|span)\b)[^>]*>", "", match["inside"], flags=re.DOTALL)
        words = re.sub(r' id="[^"]*"', "", words)
        link = f'<a href="#{match["id"]}">{words}</a>'
        if match["level"] == "2":
            said.append(("</ul></li>" if inner else "</li>" if said else "") + f"<li>{link}")
            inner = False
        elif said:
            said.append(("" if inner else "<ul>") + f"<li>{link}</li>")
            inner = True
    return f"<ul>{''.join(said)}{'</ul></li>' if inner else '</li>' if said else ''}</ul>"


def _bibliography(page: Page) -> str:
    if not page.entries:
        return ""
    words = page.words
    said = [f'<section class="chapter"><h2 id="to-bibliography">{escape(words["bibliography"])}</h2>']
    groups = [page.entries]
    if page.apart:
        groups = [[each for each in page.entries if (each[0] in page.apart) is retained] for retained in (True, False)]
    for title, group in zip(("papers", "bibliography.others"), groups, strict=False):
        if page.apart:
            said.append(f"<h3>{escape(words[title])}</h3>")
        items = "".join(
            f'<li id="ref-{identifier(key)}">'
            + "".join(f'<span id="ref-{identifier(each)}"></span>' for each in others)
            + f"{entry}</li>"
            for key, entry, others in group
        )
        said.append(f'<ul class="bib">{items}</ul>')
    return "\n".join([*said, "</section>"])


def _papers_once(body: str) -> tuple[str, list[str]]:
    """The page, and the papers of each table and picture: most are of the same, which are named once and meant by their number."""
    groups: dict[str, int] = {}
    body = _OF.sub(lambda match: f'data-of="{groups.setdefault(match[1], len(groups))}"', body)
    return body, list(groups)


MOST_CSV = 300_000
"""Of more characters than this, the page's script makes the CSV of a table of what the table shows."""


def _with_csv(match: re.Match[str], page: Page) -> str:
    """A table with a link by which it is saved as CSV."""
    text = page.csv.get(match[1])
    if text is None or sum(map(len, page.csv.values())) > MOST_CSV:
        return match[0]
    data = base64.b64encode(("\ufeff" + text).encode("utf-8")).decode()
    label = escape(page.words["html.csv"])
    link = f'<a class="csv" download="{match[1]}.csv" href="data:text/csv;base64,{data}">{label}</a>'
    return f"{link}{match[0]}"
