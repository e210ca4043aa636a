"""The report as pandoc's document tree (JSON): from the view, for Word, ODT, EPUB and JATS."""
