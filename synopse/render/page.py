"""The text block of a page of the report, in millimetres: A4 with KOMA-Script's DIV=12 (scrguide, § 2.2)."""

PORTRAIT, LANDSCAPE = 157.0, 222.0
"""Its width on an upright page and on a turned one."""
GAP = 3.0
"""Between two columns of a table: twice `\\tabcolsep`."""
LIST_INDENT = 5.4
"""By how much a list sets its text in (`synopselist` in templates/preamble.tex)."""
FACT = 50
"""How many characters of a short field stand on a line beside its label (`synopsefact` in templates/preamble.tex)."""
CHARACTER = 1.7
"""The width that a character of a table takes on average."""
