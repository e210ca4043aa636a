"""What may be wrong in a source: how it is read, its shape, a fiche."""

from __future__ import annotations

from synopse.diagnostics.code import Code, E, N, W

SOURCES = (
    # reading a source
    Code("missing-source", E, "A file that the report needs is not there.", "sources/report.yaml is missing"),
    Code(
        "unread-source",
        W,
        "A YAML file stands in `sources/` where nothing reads it: a fiche one folder too high, or another ending.",
        "sources/vocabulary.yml",
    ),
    Code(
        "file-as-text",
        W,
        "A text is the name of a file that lies in `sources/`: the name is printed, and not what the file says.",
        "introduction: intro.md",
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
        "decimal-comma",
        W,
        "A list between [ and ] parts a number at its decimal comma, as YAML does at every comma that stands in no quotes.",
        "forces: [HbA1c -0,5 %, p < 0,05]",
    ),
    Code(
        "yaml-comma",
        E,
        "Between { and } a comma ends a text for YAML, and what follows is taken for a key.",
        "- {text: Preprint, not reviewed, page: 3}",
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
        "What follows ` #` on a text's line is a comment for YAML, and may be the rest of the text: so each that has one "
        "space before it is told. Two spaces before the `#` and one after it say that it is a comment.",
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
    Code("bad-orcid", E, "This is no ORCID iD of an author.", "orcid: 0000-0002-1825-0098"),
    Code("bad-address", E, "This is no address on the web, as a public vocabulary names a term.", "uri: Q11660"),
    Code("bad-license", E, "This is no name of a licence (SPDX).", "license: CC BY 4.0"),
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
    Code(
        "reported-twice",
        E,
        "A reference is called a report of one study, and has a fiche of its own: the study would count twice.",
        "reports: [smith2020], and smith2020 under fiches:",
    ),
    Code("duplicate-fiche", E, "Two fiches bear the same key.", "key: tie2025 in two files"),
    Code(
        "undecided",
        W,
        "Readers of a paper differ in a field, and nobody has decided yet; doit consensus has put their words under decide:.",
        "decide: {design: {ana: RCT, bo: cohort}}",
    ),
    Code(
        "reading-changed",
        W,
        "A reading is another one than that of which the consensus was made.",
        "sources/readings/ana/tie2025.yaml after an edit",
    ),
    Code(
        "unsettled",
        W,
        "A listed paper is read, or given to readers, and has no fiche yet; the report goes without it.",
        "fiches: [tie2025], with readings alone",
    ),
    Code("unknown-reader", W, "A reader is none of those whom report.yaml names.", "sources/readings/eve/tie2025.yaml"),
    Code("unknown-reading", W, "A reading is of a paper that neither a fiche nor bib/ has.", "key: tie2052"),
    Code("duplicate-reading", W, "A reader has two readings of one paper.", "ana/tie2025.yaml and ana/tie.yaml"),
    Code(
        "too-few-readers",
        E,
        "More readers are asked for a paper than report.yaml names.",
        "doit assign --each 3, of two",
    ),
    Code("blind-reader", E, "A reader who works blind asks for what others wrote.", "synopse --reader ANA compare"),
    Code(
        "consensus-unsafe",
        E,
        "The fiche cannot be written so that all that a person wrote in it stays as it is; it was left alone.",
        "a fiche as one flow mapping",
    ),
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
    Code(
        "unused-terms",
        W,
        "A list of the vocabulary belongs to no field of terms of the form.",
        "terms: {dataset: [MMLU]}",
    ),
    Code("repeated-term", N, "A fiche names a term twice in one field.", "datasets: [MMLU, MMLU]"),
    Code("unknown-theme", W, "A theme is not in the vocabulary; it is kept as written.", "theme: cuot"),
    Code("lone-theme", N, "A theme is used by one paper only, and so ties nothing together.", "theme: cout, once"),
    Code(
        "unknown-source",
        E,
        "The source of a remark is neither an address nor the key of a reference, nor does it name a text under "
        "`read:`; or the link of what was read is no address.",
        "{text: Peu coûteuse., source: le résumé}",
    ),
    Code(
        "read-in-part",
        W,
        "A fiche is said to be complete, and by its own `read:` the paper was not read whole.",
        "status: complete\nread: abstract",
    ),
    Code(
        "number-of-all",
        W,
        "A number of the paper is taken for that of one of its studies, as another has a number of its own: it may be the total.",
        "participants: 135\nstudies:\n  - {id: trial-1, participants: 40}\n  - {id: trial-2}",
    ),
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
)
