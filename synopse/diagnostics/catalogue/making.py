"""What may be wrong in the synthesis, in templates, and while the report is typeset."""

from __future__ import annotations

from synopse.diagnostics.code import Code, E, N, W

MAKING = (
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
        "The number of studies included, or of their reports, is not that of the fiches that the report lists.",
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
        "docx-comment",
        N,
        "A co-author has commented on words of a Word file; the place is where they come from.",
        "Bo: really?",
    ),
    Code(
        "docx-change",
        N,
        "A co-author has changed words of a Word file; the place is where they come from.",
        "Bo takes out “very”",
    ),
    Code(
        "deposit-lacks",
        N,
        "An archive asks for something that the report does not say of itself.",
        "no license: in report.yaml",
    ),
    Code("not-a-docx", E, "The file that was given is no Word file.", "doit comments notes.txt"),
    Code(
        "extra-missing",
        E,
        "What was asked for needs packages that come with an extra of the program.",
        "doit docx without the extra docx",
    ),
    Code(
        "csl-style",
        W,
        "The CSL style that the web page's references are to be printed in cannot be used, or not for those named; another serves.",
        "html: {csl: no-such-style}",
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
        "not-tagged",
        W,
        "A tagged PDF was asked for, which LaTeX cannot make of this report yet; it is made without tags.",
        "pdf: {tagged: true}",
    ),
    Code(
        "bundle-font",
        N,
        "A font of the report is not in TeX Live, which a bundle is compiled with; the one that is named stands in for it.",
        "a title in Chinese",
    ),
    Code(
        "bundle-letter",
        E,
        "No font of TeX Live that is known here has a character of the report; a bundle would print nothing for it.",
        "an emoji",
    ),
    Code("bundle-name", E, "Who compiles the bundle takes no file of this name.", "templates/my logo.png for arXiv"),
    Code(
        "bundle-picture",
        W,
        "An image has more points than who compiles the bundle takes.",
        "a photograph of 40 megapixels for arXiv",
    ),
    Code("bundle-size", W, "The bundle is larger than who compiles it takes.", "forty photographs"),
    Code(
        "bundle-untried",
        W,
        "The bundle was written, and not compiled here, for the reason told.",
        "xelatex is not installed",
    ),
    Code(
        "bundle-failed",
        E,
        "The bundle does not compile in a folder of its own.",
        "a template with \\directlua for arXiv",
    ),
    Code(
        "bundle-differs",
        E,
        "The PDF that comes of the bundle does not say, or does not link to, what the report does.",
        "a letter that the target's font lacks",
    ),
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
