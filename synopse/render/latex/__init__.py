"""The writer of LaTeX: data of the report in, marked LaTeX out. All LaTeX that is not in templates/ is written here."""
