"""Sentences whose numbers are looked up, and the evidence each number leads to."""
