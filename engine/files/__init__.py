"""Blobs: where the bytes of uploaded files are kept."""
