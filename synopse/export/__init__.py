"""Tables and pictures in; CSV files, a workbook and the provenance of every cell out."""
