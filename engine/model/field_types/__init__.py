"""The closed union of field types: a new type is one file here and one line in the union of `fields.py`."""
