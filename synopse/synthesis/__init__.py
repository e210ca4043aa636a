"""Stage 5. Fiches, form and vocabulary in; `Table` and `Figure` values out, as plain data that knows no LaTeX.

Each cell carries the spans of the sources that it comes from. `make_part` makes each part that `report.yaml` asks for.
"""
