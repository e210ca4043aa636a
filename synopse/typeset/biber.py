"""biber: a control file and a clean .bib in; the formatted bibliography (.bbl) and what biber says out."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

from synopse.typeset.engine import EngineMissing, environment

TIME_LIMIT = 300.0


def read_by_biber(bcf: Path, bib: Path) -> str:
    """A digest of all that decides what biber makes: its control file and the .bib."""
    state = hashlib.blake2b(digest_size=16)
    for path in (bcf, bib):
        try:
            state.update(path.read_bytes())
        except OSError:
            state.update(b"-")
    return state.hexdigest()


def run_biber(tex: Path, folder: Path, jobname: str, epoch: int) -> list[str]:
    """Runs biber in `folder`; gives its warnings and errors, a line each. Raises `EngineMissing`."""
    if shutil.which("biber") is None:
        raise EngineMissing("biber")
    command = ["biber", "--nolog", "--noconf", "--input-encoding=utf8", jobname]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment(tex, folder, epoch),
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ["ERROR - biber did not finish in time and was stopped"]
    lines = re.findall(r"^(?:WARN|ERROR) - .*$", done.stdout + done.stderr, re.MULTILINE)
    if done.returncode and not lines:
        lines = ["ERROR - " + ((done.stdout + done.stderr).strip().split("\n") or ["biber failed"])[-1]]
    return lines
