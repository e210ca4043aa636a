"""The codes of problems, in three parts."""
