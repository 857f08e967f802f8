"""Readers: one module a format, each from the bytes of a file to records as tags and values."""
