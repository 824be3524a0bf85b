"""The HTTP contract of every generated backend, as tests that only speak HTTP."""
