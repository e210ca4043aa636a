"""Stage 2. A located tree in; `Report`, `Form`, `Vocabulary` and `Fiche` out, or all that is wrong at once."""
