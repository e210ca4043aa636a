"""Text of .bib in, a `Library` of `Reference`s out; and back to a clean .bib (biblatex, BibTeX) or CSL-JSON."""
