"""Exporters for nbconvert: an executed notebook as one HTML file and as one tagged PDF."""
