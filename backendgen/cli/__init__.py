"""One file per command; table.py lists them, boundary.py runs them."""
