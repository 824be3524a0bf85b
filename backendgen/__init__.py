"""Generate backends from one spec, and keep them in step with it."""

VERSION = "0.3.2"
__version__ = VERSION
