"""Tests of synopse/build."""
