"""What may be wrong in texts, citations and the .bib files."""

from __future__ import annotations

from synopse.diagnostics.code import Code, E, N, W

BIBLIOGRAPHY = (
    # citations and text
    Code("unknown-citation", E, "No reference has the key that a text cites.", "[@ouyang2022]"),
    Code(
        "joined-citations",
        E,
        "Two citations of one bracket are not parted by a semicolon: the second would be words of the first.",
        "[@ouyang2022, @rafailov2023]",
    ),
    Code(
        "twofold-citation",
        W,
        "A citation can be read as two keys of the library: the shorter one, as Pandoc reads it, is cited.",
        "[@smith--b] with @misc{smith, …} and @misc{smith--b, …}",
    ),
    Code("unused-reference", N, "A reference of `bib/` is neither retained nor cited.", "@misc{ouyang2022, …}"),
    Code("unsafe-maths", E, "A command in a formula is not on the list of harmless ones.", "$\\input{x}$"),
    Code("maths-syntax", E, "A formula is not well formed.", "$\\frac{1$"),
    Code("image-missing", E, "An image is not where the text says.", "![plan](plan.png)"),
    Code("image-outside", E, "An image must lie under `sources/`.", "![x](../../secret.png)"),
    Code(
        "image-format",
        E,
        "An image is a PDF, PNG or JPEG file, and whole: the engine would stop at any other one.",
        "![x](plan.webp), or a PNG that was cut off",
    ),
    Code(
        "image-damaged", W, "The end of an image is missing; what there is of it is shown.", "a JPEG that was cut off"
    ),
    Code(
        "unsafe-link",
        E,
        "A link leads to the web, to a mail address, or to a place of the report, and nowhere else.",
        "[x](file:///etc/passwd)",
    ),
    Code("unknown-target", E, "A link leads to no fiche, table, picture or chapter of the report.", "[x](#tie2052)"),
    Code("unused-footnote", W, "Nothing refers to a footnote: it is not printed.", "[^1]: A note, and no [^1]"),
    Code(
        "unknown-footnote",
        W,
        "A text refers to a footnote that is not there: its signs are printed.",
        "A word[^9], and no [^9]: …",
    ),
    Code(
        "inline-caption",
        W,
        "An image within a line, or in a cell, has a caption: only one that stands alone prints it.",
        'Words ![plan](plan.png "The plan") and words',
    ),
    Code(
        "unread-block",
        W,
        "Lines that look like a table, a list or a heading are none, and are printed as words: a table has a line of dashes below "
        "its first row, an item begins with a dash, and the text of a fiche has no headings.",
        "| a | b |\n| 1 | 2 |",
    ),
    Code("image-space", W, "The path of an image holds a space: it is printed as text.", "![Plan](my plan.png)"),
    Code("template-value", W, "A value stands in the signs of templates: it is printed as text.", "<< papers.count >>"),
    Code("duplicate-footnote", E, "Two footnotes of a text bear one name.", "[^1]: … twice"),
    Code("footnote-loop", E, "A footnote refers to itself.", "[^1]: See [^1]."),
    Code("deep-nesting", E, "Lists and quotations nest deeper than can be read.", "seventy lists, one in the other"),
    Code(
        "table-cells", E, "A row of a table has more cells than its head has columns.", "| a | b | c | under | a | b |"
    ),
    Code("long-text", E, "A single value is longer than a source may hold (two million characters).", "a 10 MB remark"),
    Code("unknown-value", E, "The name between {{ }} is not a value that the report knows.", "{{ papers.cuont }}"),
    Code(
        "value-in-form",
        E,
        "Titles of the form and of the vocabulary take no values: only texts of the report and of fiches do.",
        'title: "Les {{ papers.count }} études"',
    ),
    # bibliography
    Code(
        "bib-aside",
        N,
        "Something is wrong in `bib/` and touches nothing that the report uses: one line counts it, and "
        "`doit check --all` shows it.",
        "a broken entry that no fiche is about and no text cites",
    ),
    Code("bib-file", W, "A .bib file cannot be read, and none of its entries is known.", "a thousand opening braces"),
    Code("bib-syntax", E, "A part of a .bib file cannot be read.", "@article{key, title = {never closed"),
    Code("bib-encoding", W, "The .bib file is not in UTF-8; it was read as Latin-1 (Windows-1252).", "M\\xFCller"),
    Code(
        "bib-control",
        W,
        "A printed field, or the key, of an entry holds a control character, or one that turns the direction of text, "
        "as exports do: it is left out.",
        "U+0002 in a title",
    ),
    Code("bib-comma", W, "A comma is missing between two fields; both were read.", "year = 2020 title = {A}"),
    Code("bib-command", W, "A LaTeX command in a .bib field is not known; its argument is kept as text.", "\\foo{x}"),
    Code(
        "bib-string",
        W,
        "A field uses a macro that no @string of any file defines, and the macro's name stands as text; or one that two "
        "other files define in two ways.",
        "journal = jmlr",
    ),
    Code(
        "bib-names",
        W,
        "A list of names is none as BibTeX knows it, and is read as it was likely meant; or it is read as BibTeX reads it, and "
        "another reading is likely. The message says how.",
        "author = {Doe E, Roe G, Poe KA}",
    ),
    Code(
        "bib-html",
        N,
        "HTML in a field is read as what it means: entities as characters, tags as styles; other tags are left out.",
        "title = {Plants &amp; Soil <i>in vivo</i>}",
    ),
    Code(
        "bib-escape",
        N,
        "A sign that LaTeX takes for a command stands for itself here, or is escaped where no escape is wanted.",
        "title = {R&D},   doi = {10.1000/a\\_b}",
    ),
    Code(
        "bib-reading",
        N,
        "A field is read otherwise than biblatex alone would print it; the message says how.",
        "language = {en},   @conference{…, journal = {…}}",
    ),
    Code("bib-type", W, "biblatex has no such type of entry, and prints it as `@misc`.", "@artcle{…}"),
    Code("bib-crossref", W, "An entry inherits from a key that no entry has, or from itself.", "crossref = {nowhere}"),
    Code("bib-field", W, "A field of an entry is written twice; the first is kept.", "title = {A}, title = {B}"),
    Code("bib-ids", W, "Two entries claim one further key (`ids`).", "ids = {old} in two entries"),
    Code(
        "duplicate-reference",
        E,
        "Two entries bear one key, which the report uses, and say different things: which one is meant?",
        "@misc{a, …} @book{a, …}",
    ),
    Code("repeated-reference", N, "Two entries bear one key and say the same: they are one.", "an export added twice"),
    Code(
        "reference-incomplete",
        W,
        "A reference that the report cites lacks an author, a title or a date, or another field that is misspelt.",
        "@misc{a, title = {…}}",
    ),
    Code(
        "bad-date",
        W,
        "A date of the .bib cannot be read, or not where it stands; it is kept as written.",
        "year = {soon}",
    ),
    Code("bad-pages", W, "A range of pages ends before it begins; it is printed as written.", "pages = {120--105}"),
    Code("bad-doi", W, "A DOI begins with `10.`, a registrant and a slash.", "doi = {11.1000/x}"),
    Code("bad-arxiv", W, "An arXiv id is `YYMM.NNNNN`, or an archive and seven digits.", "eprint = {25.18791}"),
    Code("bad-isbn", W, "The check digit of an ISBN does not fit.", "isbn = {978-2-1234-5680-0}"),
    Code("bad-key", W, "An entry has no key, and is left out: nothing can cite it.", "@article{, title = {…}}"),
    Code(
        "key-renamed",
        N,
        "biber cannot read the key: the report keeps it, and `build/references.bib`, which other documents cite from, has "
        "another name for the entry. Or it holds what no key can hold, a backslash, and the report leaves that out.",
        "@article{Di Martino2019, …}",
    ),
    Code(
        "same-paper",
        W,
        "Two entries that the report uses are the same paper, by an identifier; it cites the first.",
        "two entries with one DOI",
    ),
    Code(
        "maybe-same-paper",
        N,
        "Two entries that the report uses may be the same paper: one title and first author and nothing that tells them "
        "apart, or one identifier and something that does. Both are kept.",
        "two entries with one title and year",
    ),
    Code(
        "preprint", N, "An entry is the preprint of another one, and both are kept.", "an arXiv entry and its article"
    ),
)
