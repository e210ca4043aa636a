"""Tests of synopse/project."""
