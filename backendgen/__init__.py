"""Generate backends from one spec, and keep them in step with it."""

VERSION = "0.3.0"
__version__ = VERSION
