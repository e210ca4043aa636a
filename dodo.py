"""The tasks of this review, for doit; `doit list` explains each. They are made in `synopse/commands/tasks.py`."""

from pathlib import Path

from synopse.commands.tasks import tasks

globals().update(tasks(Path(__file__).resolve().parent))
