"""Catalogues of texts, one a language."""
