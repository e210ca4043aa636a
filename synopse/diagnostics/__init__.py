"""The one kind of error of the product: a `Diagnostic` with a place, and how it is shown to a person."""

from synopse.diagnostics.model import Diagnostic, Rejected, Severity, Span, has_errors, problem

__all__ = ["Diagnostic", "Rejected", "Severity", "Span", "has_errors", "problem"]
