"""From reading notes (fiches) to a comparative report: the stages of the pipeline.

`ARCHITECTURE.md` tells which module makes what from what. Importing this package imports nothing heavy.
"""

__version__ = "2.0.0"
