"""A person's text in, a small typed tree out; writers turn the tree into LaTeX or plain text. No format knows another."""
