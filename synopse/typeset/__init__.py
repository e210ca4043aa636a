"""Stage 7. A folder of LaTeX in; a PDF, its SyncTeX file and diagnostics (through the line map) out."""
