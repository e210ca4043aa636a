"""One module for each kind of table: a corpus and what is wanted in, a `Table` out."""

from collections.abc import Callable

from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.kinds.agreement import agreement
from synopse.synthesis.kinds.characteristics import characteristics
from synopse.synthesis.kinds.compare import compare
from synopse.synthesis.kinds.coverage import coverage
from synopse.synthesis.kinds.differences import differences
from synopse.synthesis.kinds.gaps import gaps
from synopse.synthesis.kinds.matrix import matrix
from synopse.synthesis.kinds.numbers import numbers
from synopse.synthesis.kinds.recurrence import recurrence
from synopse.synthesis.table import Table

TABLES: dict[str, Callable[[Corpus, Synthesis], Table]] = {
    "agreement": agreement,
    "characteristics": characteristics,
    "compare": compare,
    "coverage": coverage,
    "differences": differences,
    "gaps": gaps,
    "matrix": matrix,
    "numbers": numbers,
    "recurrence": recurrence,
}
