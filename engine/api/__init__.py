"""HTTP: parse a request, call one runtime function, shape its answer."""
