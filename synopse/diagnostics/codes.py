"""The catalogue of every code: how grave it is, what it means, and an example. `docs/diagnostics.md` is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a problem is: an error stops the build, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem, as the documentation explains it."""

    name: str
    severity: Severity
    meaning: str
    example: str


_ALL = (
    # reading a source
    Code("missing-source", E, "A file that the report needs is not there.", "sources/report.yaml is missing"),
    Code(
        "unread-source",
        W,
        "A YAML file stands in `sources/` where nothing reads it: a fiche one folder too high, or another ending.",
        "sources/vocabulary.yml",
    ),
    Code(
        "text-and-file",
        E,
        "A chapter has a text of its own and names a file: one of the two would not be printed.",
        "{title: Méthode, text: …, file: methode.md}",
    ),
    Code("not-utf8", E, "A source holds bytes that are not UTF-8, the one encoding of sources.", "R\\xE9sultats"),
    Code(
        "byte-order-mark", N, "The file begins with an invisible mark (U+FEFF); it is skipped.", "\\uFEFFkey: tie2025"
    ),
    Code("control-character", E, "A control character cannot be printed by any font.", "a NUL in a remark"),
    Code(
        "line-separator",
        N,
        "A text holds U+0085, U+2028 or U+2029, which end a line in some programs and in no editor: a space stands for "
        "it.",
        "U+2028 in a sentence that was copied from a web page",
    ),
    Code(
        "direction-control",
        E,
        "A character that turns the direction of text makes a line read otherwise than it is, and is refused.",
        "U+202E in a remark",
    ),
    Code("yaml-syntax", E, "YAML cannot read the line.", "key: [a, b"),
    Code("yaml-tab", E, "YAML takes no tab in the indentation.", "<tab>- Une remarque"),
    Code("yaml-documents", E, "A source holds one document; `---` begins a second one.", "---\nkey: other"),
    Code("yaml-nested", E, "Lists and mappings are nested beyond sixty levels.", "[[[[[[…]]]]]]"),
    Code("yaml-bomb", E, "Aliases repeat so much that the source would unfold without end.", "b: [*a, *a, *a, …]"),
    Code("yaml-key", E, "A key is a word.", "[a, b]: c"),
    Code(
        "duplicate-key",
        E,
        "A key stands twice: YAML would keep one and drop the other in silence.",
        "forces: …\nforces: …",
    ),
    Code(
        "yaml-colon",
        E,
        "A colon followed by a space inside a plain text ends the text for YAML.",
        "titre: le problème : étude",
    ),
    Code(
        "yaml-colon-key",
        N,
        "A remark with a colon was read by YAML as `key: value`. It can only be a text, and is "
        "taken as the text that was typed.",
        "- Forces : analyse complète",
    ),
    Code("yaml-alias", E, "A text that begins with `*` is an alias for YAML.", "- *Très* bonne analyse"),
    Code(
        "yaml-anchor",
        E,
        "A text that begins with `&` is an anchor for YAML, which would drop the word.",
        "- &co et autres",
    ),
    Code("yaml-tag", E, "A text that begins with `!` is a tag for YAML, which would drop the word.", "- !important"),
    Code("yaml-bracket", E, "A text that begins with `[` is a list for YAML.", "- [@tie2025] montre que"),
    Code("yaml-brace", E, "A text that begins with `{` is a mapping for YAML.", "- {sic} dans le texte"),
    Code("yaml-quote", E, "A text that begins with a quote ends at the next one for YAML.", '- "Post-training" est'),
    Code("yaml-reserved", E, "No YAML text may begin with `@`, `%` or a backquote.", "- @tie2025 montre que"),
    Code("yaml-block", E, "After `|` or `>` the text begins on the next line.", "- > 80 % de gain"),
    Code(
        "yaml-escape",
        E,
        "In double quotes YAML reads a backslash and the letter behind it as one character: a command of LaTeX is "
        "eaten. Single quotes and blocks after `|` keep it.",
        'question: "Soit $\\tau$"',
    ),
    Code(
        "yaml-escape-read",
        N,
        "An escape in double quotes was read as YAML reads it; the text holds that character.",
        'question: "caf\\u00e9"',
    ),
    Code(
        "yaml-pair",
        W,
        "In single quotes `''` is one `'`, in double quotes `\\\\` is one backslash, in formulas as well.",
        "- 'Soit $f''(x)$'",
    ),
    Code(
        "yaml-comment",
        E,
        "A space and `#` begin a comment for YAML, and the rest of the text would be lost.",
        "- Ranked #1 among ten",
    ),
    Code(
        "comment-in-text",
        W,
        "What follows ` #` is a comment for YAML, and may be the rest of the text. Two spaces before the `#` and one "
        "after it say that it is a comment.",
        "- Total number # of studies",
    ),
    Code(
        "joined-line",
        W,
        "A line that begins a list, a table, code or a heading is joined to the one above, as YAML does in all texts "
        "but those after `|`.",
        "question: Deux points\n  - le premier",
    ),
    Code("yaml-null", N, "`~` and `null` are nothing for YAML: the value is taken as empty.", "subtitle: null"),
    Code("empty-block", N, "After `|` or `>` comes no text that is indented.", "question: |"),
    Code(
        "yaml-space", E, "A no-break space, or none, stands where YAML asks for a space.", "text:<no-break space>Bien"
    ),
    Code("yaml-merge", E, "`<<`, the merge key of YAML 1.1, merges nothing here.", "<<: *base"),
    # the shape of a source
    Code("list-for-text", E, "A text is asked for and a list was written.", "problematique:\n  - Une question"),
    Code("mapping-for-text", E, "A text is asked for and keys with values were written.", "title:\n  a: b\n  c: d"),
    Code("text-for-list", E, "A list is asked for and one text was written.", "forces: Analyse complète"),
    Code("text-for-mapping", E, "Keys with values are asked for and something else was written.", "citation: Tie 2025"),
    Code("unknown-field", E, "The key is neither a word of the product nor a field of the form.", "limitation: …"),
    Code("missing-field", E, "A field that must be there is not.", "a complete fiche without `problematique`"),
    Code("empty-field", N, "A field was written and left empty.", "forces:"),
    Code("wrong-choice", E, "The value is not one of those that the field knows.", "status: complet"),
    Code("wrong-value", E, "The value is not of the kind that the field asks for.", "chapters: 3"),
    Code("not-a-number", E, "A number is asked for.", "effectif: une centaine"),
    Code("not-a-date", E, "A date is asked for, as precise as it is known.", "debut: un jour de mars"),
    Code(
        "two-readings",
        E,
        "A number, a date or a choice could be two; the message says both.",
        "effectif: 1.234 in a French report",
    ),
    Code(
        "other-reading",
        W,
        "A number is read as the report's language writes it, and would be another one elsewhere.",
        "effectif: 2,400 in a French report: 2.4",
    ),
    Code("bad-id", E, "An id names a file: small letters, digits and dashes.", "id: Ma table"),
    Code("reserved-word", E, "A form's field cannot bear a word that the product uses itself.", "id: status"),
    Code("duplicate-field-id", E, "A field or a section stands twice in the form.", "two fields with id: forces"),
    Code(
        "form-option",
        E,
        "A field of the form has an option that its type does not take.",
        "{id: forces, type: items, unit: mg}",
    ),
    Code("choice-conflict", E, "Two choices of a field claim the same name.", "choices: [yes, {id: y, title: Yes}]"),
    Code("duplicate-id", E, "Two parts of the synthesis bear the same id.", "two entries with id: themes"),
    Code("alias-conflict", E, "Two terms of one list claim the same name.", "GPT4 for GPT-4 and for GPT-4o"),
    Code("duplicate-theme", E, "A theme stands twice in the vocabulary.", "two themes with id: cout"),
    # fiches
    Code("duplicate-fiche", E, "Two fiches bear the same key.", "key: tie2025 in two files"),
    Code(
        "unlisted-fiche",
        W,
        "A fiche is in `sources/fiches` and not in `report.yaml`: it is not printed.",
        "fiches: [] with a fiche beside it",
    ),
    Code(
        "fiche-twice",
        W,
        "Two fiches are of one paper, under two keys: every table counts it twice.",
        "two fiches whose references bear one DOI",
    ),
    Code(
        "unfit-key",
        E,
        "A fiche's key holds a character that no key can hold: a brace, a comma, a backslash, a quotation mark.",
        "key: 'tie{2025}'",
    ),
    Code("unknown-fiche", E, "`report.yaml` lists a fiche that no file holds.", "fiches: [tie2052]"),
    Code("duplicate-listing", E, "`report.yaml` lists a fiche twice.", "fiches: [tie2025, tie2025]"),
    Code(
        "nothing-to-cite",
        E,
        "A fiche has neither a reference in `bib/` nor a citation of its own, and so nothing that could be cited.",
        "key: tie2052, without `citation:`",
    ),
    Code(
        "no-reference", W, "No reference in `bib/` has the fiche's key: its citation alone makes one.", "key: tie2052"
    ),
    Code("unknown-term", W, "A term is in no list of the vocabulary; it is kept as written.", "datasets: [MMLLU]"),
    Code("repeated-term", N, "A fiche names a term twice in one field.", "datasets: [MMLU, MMLU]"),
    Code("unknown-theme", W, "A theme is not in the vocabulary; it is kept as written.", "theme: cuot"),
    Code("lone-theme", N, "A theme is used by one paper only, and so ties nothing together.", "theme: cout, once"),
    Code(
        "citation-differs",
        W,
        "What the fiche says of its paper differs from the record in `bib/`.",
        "date: 2025 where the record says 2023",
    ),
    Code(
        "accepted-gone",
        N,
        "`accept:` names a message that no longer occurs.",
        "accept: [{code: citation-differs, key: tie2025}] once both sides agree",
    ),
    # citations and text
    Code("unknown-citation", E, "No reference has the key that a text cites.", "[@ouyang2022]"),
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
        "A list of names is none as BibTeX knows it; it is read as it was likely meant, and the message says how.",
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
        "A reference that the report cites lacks an author, a title or a date.",
        "@misc{a, title = {…}}",
    ),
    Code("bad-date", W, "A date of the .bib cannot be read; it is kept as written.", "year = {soon}"),
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
    # synthesis
    Code(
        "synthesis-field",
        E,
        "The synthesis names a field that the form does not have, or of the wrong type.",
        "{kind: matrix, field: datsets}",
    ),
    Code(
        "synthesis-option", E, "A kind of the synthesis does not take an option.", "{kind: timeline, fields: [debut]}"
    ),
    Code(
        "no-changes",
        W,
        "`changes: true` prints what `doit changes` wrote last, and it has written nothing yet.",
        "changes: true in a report that was never compared",
    ),
    Code("where-value", E, "A value of `where:` is one that no paper could have.", "where: {plan: esai}"),
    Code("no-papers", W, "What `where:` asks for is true of no paper of the report.", "where: {status: todo}"),
    Code(
        "selection-included",
        W,
        "The number of papers included is not the number of papers that the report retains.",
        "included: 12 with 11 fiches",
    ),
    Code(
        "two-meanings",
        W,
        "A column of `characteristics` bears the name of one of its own columns and of a field of the form.",
        "columns: [date], with a field date in the form",
    ),
    Code("synthesis-paper", E, "The synthesis names a paper that the report does not retain.", "papers: [tie2052]"),
    Code("selection-sum", E, "The numbers of the selection do not add up.", "screened: 40, excluded: 30, assessed: 12"),
    Code("no-selection", E, "A PRISMA diagram needs the block `selection:`.", "{kind: prisma}"),
    # templates and typesetting
    Code(
        "template-old",
        W,
        "A template of the review names an older version of its contract than the program's own: it is used as it is.",
        "%# synopse 1",
    ),
    Code("template-error", E, "A template cannot be used as it is.", "<< fiche.titel >>"),
    Code("tex-error", E, "The engine stopped at what a template or a text gave it.", "an error in preamble.tex"),
    Code("tex-missing", E, "A program or package of the TeX distribution is missing.", "biber is not installed"),
    Code(
        "unknown-style",
        E,
        "No biblatex style of this name is installed.",
        "bibliography: {style: authoryaer}",
    ),
    Code(
        "refused-style",
        E,
        "The citation style does not work here, for the reason told.",
        "bibliography: {style: biblatex-swiss-legal-base}",
    ),
    Code(
        "style-words",
        W,
        "The citation style has no words of the report's language for something that it may print.",
        "bibliography: {style: gb7714-2015} in a French report",
    ),
    Code(
        "labels-computed",
        W,
        "The citation style could not be asked what its citations print; tables name authors and year instead.",
        "lualatex is not installed",
    ),
    Code("undefined-command", E, "A formula or a template uses a command that LaTeX does not have here.", "$\\foo$"),
    Code("overfull-line", W, "A line is wider than the page's text by the width told.", "a long word without hyphens"),
    Code("missing-glyph", E, "No font of the report has a character.", "U+12000 without a cuneiform font"),
    Code("wide-table", W, "A table does not fit the page.", "twelve columns of text"),
    Code(
        "unsettled-pages",
        W,
        "After the last pass that is allowed, page numbers were still other than those that the pass had read.",
        "a reference whose length moves what it refers to over a page",
    ),
    Code("biber", W, "biber says something of an entry.", "an ISSN that is not well formed"),
    Code("engine-timeout", E, "The engine did not finish in time and was stopped.", "a formula without end"),
    Code(
        "build-folder",
        E,
        "A file cannot be read or written where it must be: no right to do so, a folder of its name, a full disk.",
        "build/ read-only",
    ),
    Code(
        "bad-setting",
        W,
        "A variable of the environment has a value that cannot be used; the usual one is used instead.",
        "SYNOPSE_TIME_LIMIT=soon",
    ),
    Code(
        "task-database",
        N,
        "doit's own record of what is made was damaged and was set aside; all is made again.",
        ".doit.db.damaged",
    ),
)
CODES = {code.name: code for code in _ALL}


def documentation() -> str:
    """The text of `docs/diagnostics.md`."""
    parts = [
        "# Diagnostics\n",
        "Every problem is shown as `path:line:column: severity[code]: message`. An error stops the build; a warning "
        "and a note do not. This page is made by `python -m synopse.diagnostics.codes`.\n",
    ]
    for code in _ALL:
        example = "\n".join("    " + line for line in code.example.split("\n"))
        parts.append(f"## {code.name}\n\n*{code.severity}.* {code.meaning} For example:\n\n{example}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    print(documentation(), end="")
