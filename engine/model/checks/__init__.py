"""Whether documents fit together: every name that is used exists, and none is used twice."""
