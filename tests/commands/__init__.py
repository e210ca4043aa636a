"""Tests of synopse/commands."""
