"""What options of the sources are for, in a line, where the model itself does not say: for editors, and docs/reference.md."""

from __future__ import annotations

OPTIONS: dict[str, dict[str, str]] = {
    "Report": {
        "title": "the title on the title page",
        "subtitle": "a line below it",
        "authors": "who wrote the report",
        "date": "the date on the title page; without one the PDF bears none",
        "lang": "the language of the report",
        "introduction": "the first chapter, in Markdown",
        "chapters": "further chapters",
        "fiches": "the keys of the fiches that the report retains, in its order",
        "synthesis": "the tables, pictures and headings of the synthesis, in their order",
        "selection": "the numbers of the selection, for the kind prisma and for values in prose",
        "bibliography": "how references are cited, and what is written beside",
    },
    "Chapter": {
        "title": "its title",
        "text": "its text, in Markdown; or file:",
        "file": "a Markdown file under sources/ that holds it",
        "appendix": "whether it stands in the appendix",
    },
    "Synthesis": {
        "kind": "what is made",
        "id": "the name that files and links bear; made from kind and fields without one",
        "title": "the title in the place of the usual one",
        "caption": "the caption, where it is to be another text than the title",
        "note": "a note below",
        "alt": "pictures: what one sees, for those who do not see it",
        "field": "the field that it is about",
        "fields": "several fields",
        "columns": "characteristics: the columns, built-in or fields",
        "against": "agreement: the fields of the other side",
        "papers": "the keys of the papers that it shows; all without one",
        "sort": "the order of the rows: by frequency, or as vocabulary and form have them",
    },
    "Selection": {
        "identified": "how many records each source gave",
        "removed": "how many were removed before screening, by reason",
        "screened": "how many were screened",
        "excluded": "how many of them were excluded",
        "sought": "how many were sought in full text; without a number, those that screening left",
        "not_retrieved": "how many of those were not had",
        "assessed": "how many were assessed",
        "reasons": "why some of those were excluded, and how many",
        "included": "how many are retained",
    },
    "Excluded": {"reason": "why", "count": "how many"},
    "Form": {"sections": "the sections of every fiche, in their order"},
    "Section": {
        "id": "its name",
        "title": "its title: one, or one for each language",
        "fields": "its fields, in their order",
        "draws": "reference: prints the full citation",
    },
    "Field": {
        "type": "what a fiche may write in it",
        "title": "its title: one, or one for each language",
        "choices": "choice: the values that it may have",
    },
    "Choice": {"id": "the word for it in fiches", "title": "its title: one, or one for each language"},
    "Vocabulary": {"terms": "lists of terms by name", "themes": "themes that tie remarks of several papers together"},
    "Term": {"name": "the name that the report prints", "aliases": "other names by which fiches may call it"},
    "Theme": {"id": "the word for it in fiches", "title": "its title: one, or one for each language"},
}
"""By model and option."""
