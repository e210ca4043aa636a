"""The words of a language that the program does not have, Catalan, as its file would hold them; the rest is Spanish."""

from __future__ import annotations

CATALAN = {
    "name": "català",
    "cldr": "ca",
    "tex.babel": "catalan",
    "tex.before": "",
    "tex.package": "texlive-lang-spanish",
    "collation": "",
    "list.and": "",
    "list.and.before": "",
    "list.or": "",
    "list.or.before": "",
    "introduction": "Introducció",
    "papers": "Estudis inclosos",
    "papers.lead": "Aquest informe inclou {n} estudis. Cada títol porta a la fitxa de lectura corresponent.",
    "papers.lead.=1": "Aquest informe inclou un estudi. El seu títol porta a la fitxa de lectura corresponent.",
    "fiches": "Fitxes de lectura",
    "synthesis": "Síntesi comparativa",
    "bibliography": "Bibliografia",
    "typed.in-date": "de | d’ | del | el | la | l’ | en",
    "typed.above": "més de {} | superior a {}",
    "typed.locator.section": "sec | secció | apt | apartat",
    "page": "p.",
    "pages": "p.",
}
