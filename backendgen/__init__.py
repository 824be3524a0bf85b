"""Generate backends from one spec, and keep them in step with it."""

VERSION = "0.3.1"
__version__ = VERSION
