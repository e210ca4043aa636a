"""Documents made by chance from the grammar of fiche, report and .bib, set by the engine, and read back from the PDF."""
