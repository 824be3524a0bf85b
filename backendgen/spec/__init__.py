"""The neutral description of a backend: read, checked, and compared."""
