"""Stage 1. Text of YAML in, a located tree out: every value knows its file, line and column.

`read_yaml` never raises for what a person typed: it gives the tree that it could read, and all that is wrong.
"""

from synopse.read.encoding import decode
from synopse.read.tree import Mapping, Node, Scalar, Sequence
from synopse.read.yaml import read_yaml

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "decode", "read_yaml"]
