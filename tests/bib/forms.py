"""The values that `entries` draws from, by what they are: words, LaTeX as exports write it, names, dates, addresses."""

from __future__ import annotations

WORDS = ["analysis", "of", "the", "review", "models", "large", "language", "effects", "on", "a", "study", "in", "for", "and", "with", "clinical", "trials", "measurement", "systems", "soil", "plants", "étude", "comparée", "des", "modèles", "naïve", "façade", "Über", "größere", "Effekte", "señal", "niño", "český", "přehled", "ångström", "漢字", "обзор", "under", "deep", "learning", "graph", "networks", "climate", "change", "policy", "evidence", "synthesis", "health", "care", "quality", "theory", "practice", "history"]  # fmt: skip
MARKED = [
    r"{DNA}", r"{{LLMs}}", r"\emph{in vivo}", r"\textit{E. coli}", r"{\em old}", r"{\it Homo sapiens}", r"\textbf{bold}",
    r"H\textsubscript{2}O", r"10\textsuperscript{3}", r"\textsc{Small}", r"$x^2$", r"$\alpha$", r"$O(n \log n)$", r"\(n\)",
    r"CO$_2$", r"``double''", r"`single'", r"\enquote{quoted}", r"don't", r"R\&D", r"50\%", r"\#1", r"\$5", r"a\_b", r"A--B",
    r"so --- dash", r"1900--1999", r"Schr\"odinger", r"Schr{\"o}dinger", r"G\"{o}del", r"Erd\H{o}s", r"\'Ecole", r"{\'E}cole",
    r"\'{E}cole", r"na\"{\i}ve", r"na{\"\i}ve", r"Fa\c{c}ade", r"fa\c cade", r"Stra{\ss}e", r"\O rsted", r"{\AA}ngstr{\"o}m",
    r"{\L}{\'o}d{\'z}", r"\v{C}esk\'y", r"{\v C}esky", r"Ma\~nana", r"A~tie", r"thin\,space", r"{\thinspace}thin", r"a\ b",
    r"{\textendash}", r"{\textquotedblleft}q{\textquotedblright}", r"{\textregistered}", r"\textdegree{}C", r"{\textmu}m",
    r"\ldots{} dots", r"\S 5", r"{\textbar}", r"{\copyright}", r"\pounds 5", r"\textless{}x\textgreater{}",
    r"\texttrademark{}", r"«\,guillemets\,»", r"“curly”", r"‘curly’", r"it’s", r"en–dash", r"em—dash", r"\mbox{no break}",
    r"\uppercase{caps}", r"\textquoteright s", r"C\#", r"C{\#}", r"{\textasciitilde}", r"\textbackslash{}x", r"\slash",
    r"\quad wide", r"{\a'a}", r"{\a`e}t", r"I/O", r"(parenthesis)", r"[bracket]", r"Part~{II}", r"{\textonehalf}", r"x\textperiodcentered y",
    r"{\o}re", r"\ae ther", r"\oe uvre", r"\i", r"\&", r"question?", r"exclaim!", r"?`Qu\'e?", r"!`Hola!", r"\LaTeX{}",
    r"{\textemdash}", r"{\guillemotleft}x{\guillemotright}", r"\textit{\textbf{both}}", r"{A} {B}", r"{a {nested} b}", r"U.S.A.", r"vs.",
    r"\TeX{}", r"\dots{}", r"\dots\ more", r"{\relax}end", r"\noopsort{b}A", r"{\printfirst{A}{b}}", r"\switchargs{b}{a}", r"a\:b", r"a\;b",
    r"a\enspace b", r"a\hspace{0.167em}b", r"900{\hspace{0.167em}}{MHz}", r"a\nobreakspace{}b", r"a{\ }b", r"x\qquad y", r"a{ }b", r"\textit{a }b",
    r"\texttt{code}", r"\textsf{sans}", r"{\sc small}", r"{\bf B}", r"{\rm roman}", r"\v{s}", r"\~{n}", r"{\~n}o", r"\.{z}", r"\u{g}", r"\k{a}", r"\d{s}", r"\b{o}",
    r"\=a", r"{\'\i}n", r"\'{\i}d", r"{\SS}x", r"\dag", r"\ddag", r"\P", r"\textparagraph{}", r"{\textsection}3", r"\texteuro{}9", r"{\textyen}9", r"\textpm{}3",
    r"{\textrightarrow}", r"{\texttimes}", r"{\textquotedbl}x", r"{\textquotesingle}x", r"\guillemotleft{}x\guillemotright{}", r"\guilsinglleft a\guilsinglright", r"\quotedblbase a",
    r"{\dj}uro", r"{\NG}", r"{\th}orn", r"\DH", r"$\beta$-cell", r"$\mathbb{R}^n$", r"$\le 5$", r"$10^{-3}$", r"$\mu$m", r"p $<$ 0.05", r"\textmu g", r"x\,\%", r"$\sim$10",
    r"\mkbibquote{q}", r"\mkbibemph{e}", r"\emph{a \emph{b} c}", r"\textsuperscript{\textregistered}", r"$^{\circ}$C", r"$^\textrm{th}$", r"{$\alpha$}", r"\url{https://x.org/a_b}",
    r"\href{https://x.org}{site}", r"\underline{u}", r"\bibstring{page}", r"\textins{x}", r"\-soft", r"a\-b", r"in\/side", r"\protect\emph{x}", r"``a 'b' c''", r"'90s", r"rock 'n' roll",
]  # fmt: skip
DAMAGED = [
    "R&D", "50% of", "a_b", "#1 of", "x^2", "<i>in vivo</i>", "CO<sub>2</sub>", "Plants &amp; Soil", "&lt;b&gt;bold&lt;/b&gt;",
    "{\\textless}i{\\textgreater}x{\\textless}/i{\\textgreater}", "$<$i$>$x$<$/i$>$", "<scp>DNA</scp>", "<p>para</p>", r"\foo{kept}",
    r"\bar dropped", '"straight"', '5" disk', '"a "b" c"', "<sup>2</sup>", "&nbsp;", "&#8211;", r"\ownname{x}", "&#233;t&#xe9;", "<jats:italic>y</jats:italic>", "a &lt; b",
]  # fmt: skip
FAMILIES = ["Smith", r"M\"uller", r"M{\"u}ller", r"Pe\~na", r"Pe{\~n}a", "García Márquez", "O'Neill", "D'Angelo", "Müller-Lüdenscheid",
            r"{\L}ukasiewicz", r"\v{S}rut", r"{\v S}krabal", r"\"Oz", r"{\'E}tienne", "Nguyễn", "Øster", r"\O ster", r"{\O}stergaard",
            "Lee", "X", "Le Guyader", "De Boer", "Толстой", "村上", "Παπαδόπουλος", r"Erd{\H{o}}s", r"Bo\v zi\'c", r"Gon\c{c}alves", "McDonald",
            "Ben-Ari", "St. John", "Abd al-Rahman", "{Smith Jones}", r"Ka{\c s}", r"\AA berg", "O’Brien", "Șerban",
            r"\c{S}erban", r"Wei{\ss}", "Çelik", r"H{\aa}kansson", "Al-Tashi", "Vallée Poussin", "Łoś"]  # fmt: skip
GIVENS = ["John", "J.", "J. R. R.", "Jean-Paul", "J.-P.", r"{\'E}mile", r"\'Emile", "Anne Marie", "Zoë", r"Zo\"e", "Donald~E.", "李", "Лев", "A",
          "{Jean Paul}", "Ch.", "{Ch}arles", "M. A.", r"Fran\c{c}ois", "Mary Ann", "K.H.", "José", r"Jos\'e", "春樹", "Hans Peter", "van Dyke", r"\'A."]  # fmt: skip
PARTICLES = ["von", "van der", "de la", "de", "di", "ter", "zu", "von und zu"]
SUFFIXES = ["Jr.", "III", "Sr.", "Jr", "2nd"]
BODIES = ["{World Health Organization}", "{Barnes and Noble, Inc.}", "{CNRS}", r"{Smith \& Sons}", "{The {OECD} Team}", "{ATLAS Collaboration}",
          r"{Universit{\'e} de Gen{\`e}ve}", "{IEEE}", "UNESCO", "Plato"]  # fmt: skip
NO_LISTS = [r"{\relax Van} Horn, J.", "Doe E, Roe G, Poe KA, Moe M", "Smith, J., Doe, K.", "Smith, John; Doe, Jane", "Tom Brown, Ben Mann, Nick Ryder",
            "Hunt, Ann A., Jr, undefined", "Doe E, Roe G", "Smith, John et al.", "Foo, A and and Bar, B", "King, Martin Luther, Jr."]  # fmt: skip
DATES = ["2020", "1999", "1850", "2021-03", "2021-11", "2020-02-29", "1987-06-05", "2019/2020", "2019-11/2020-02", "2020-01-05/2020-01-08",
         "2004/", "2004/..", "/2004", "../2004", "1377~", "1273?", "1273%", "1991-21", "1991-22", "1991-23", "1991-24", "199X", "19XX", "1999-XX",
         "1999-01-XX", "-0876", "0033", "2004-01-05T14:34:00", "2004-01-05T14:34:00Z", "2004?/2005~", "1991-05?", "1991-33", "1991-25", "Y12000",
         "1991-21/1992-22", "2020-03-14/..", "-0043", "-0043-03", "-0043-03-15", "-0044/-0042", "-0099/0014", "0000", "-0001~", "-0043?", "Y-12000", "-1000", "-0050/.."]  # fmt: skip
DAMAGED_DATES = [
    "soon",
    "20uu",
    "0044 BC",
    "2004/open",
    "March 2020",
    "2020-13",
    "8 March 2020",
    "2021-02-29",
    "2004-1-5",
    "05.03.2020",
    "in press",
]
YEARS = [
    "2020",
    "{2001}",
    "c. 1850",
    "in press",
    "2019/2020",
    "1999a",
    "[2004]",
    "n.d.",
    "forthcoming",
    "2019--2020",
    "33",
]
MONTHS = [
    "mar",
    "{March}",
    "3",
    "{12}",
    "jan",
    "{Sept.}",
    "{Spring}",
    "{April}",
    "{MAY}",
    '"8~" # mar',
    "{March--April}",
    "{février}",
    "{03}",
    "{#jun#}",
]
PAGES = ["101--120", "101-120", "101–120", "12", "12, 15", "1--3, 7--9", "S12--S34", "e1234", "xii--xx", "{A-1}--{A-3}", "12--", "1--10; 20", "101 -- 120",
         "101---120", "{1-2}", "12f.", "12ff", "1-2-3", "A1-A5", "p. 12", "i–v", "12 – 15", "7:1--7:20", "1234567"]  # fmt: skip
URLS = ["https://example.org/a_b~c?d=e&f=g%20h#top", "http://x.org", "https://example.org/a-b/c.html", "https://example.org/é/漢",
        "https://doi.org/10.1000/xyz123", "https://arxiv.org/abs/2101.00001", "ftp://ftp.example.org/x", "https://x.org/(a)/{b}/c",
        "https://x.org/a,b;c!d$e'f*g+h=i@j"]  # fmt: skip
DAMAGED_URLS = [
    r"https://x.org/a\_b\%20c",
    r"\url{https://x.org/a_b}",
    "https://x.org/a b",
    "https://x.org/?a=1&amp;b=2",
    r"https://x.org/{\textasciitilde}me",
]
DOIS = [
    "10.1000/xyz123",
    "10.1016/j.cell.2020.01.001",
    "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2",
    "10.1000/a_b",
]
DAMAGED_DOIS = ["https://doi.org/10.1000/abc", "doi:10.1000/xyz", r"10.1000/a\_b", "10.1000/xyz.", "not a doi"]
EPRINTS = [
    ("2101.00001", "arxiv"),
    ("hep-th/9901001", "arxiv"),
    ("12345", "pubmed"),
    ("a_b", "jstor"),
    ("2101.00001v2", "arXiv"),
    ("x_y%z", "hdl"),
]
NUMBERS = ["1", "12", "3", "IV", "12a", "TR-17", "5.2", "1--2", "Supplement 1", r"{\'e}1", "2/3"]
KEYS = {"pubstate": ["inpress", "submitted", "forthcoming", "prepublished", "inpreparation"], "pagination": ["page", "column", "verse", "section"],
        "bookpagination": ["page", "column"], "editortype": ["editor", "compiler", "founder", "collaborator", "reviser", "redactor", "director"],
        "type": ["mathesis", "phdthesis", "techreport", "resreport", "software", "datacd", "patent", "patentde", "Working paper", r"Th{\`e}se", "{PhD} thesis"],
        "authortype": ["author"]}  # fmt: skip
LANGUAGES = ["english", "french", "german", "english and french", "English", "latin", "Old Norse"]
DAMAGED_LANGUAGES = ["en", "fr", "eng", "de-DE", "en_GB", "zh"]
EDITIONS = ["1", "2", "3", "Second", "2nd", r"{\'E}dition revue", "rev. and enl."]
ISBNS, ISSNS = ["978-2-07-036822-8", "0-306-40615-2"], ["0992-499X", "1234-5679"]
UNITS = [
    r"\SI{5}{\mega\hertz}",
    r"\qty{3}{\kilo\gram}",
    r"\si{\metre\per\second}",
    r"\ce{H2O}",
    r"\SI{10}{GHz}",
    r"\num{12345}",
]
"""Commands of packages that a report does not load."""
