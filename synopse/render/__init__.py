"""Stage 6. Fiches, references, texts and tables in; LaTeX files and the line map (LaTeX line → source line) out."""
