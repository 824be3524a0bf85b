"""Generate backends from one spec, and keep them in step with it."""

VERSION = "0.1.0"
__version__ = VERSION
