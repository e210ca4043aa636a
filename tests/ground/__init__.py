"""Tests of synopse/ground."""
