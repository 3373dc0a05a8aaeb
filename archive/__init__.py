"""The archive: raw responses, parsers, store, and what serves them to readers."""
