"""An operation that takes a body, for tests of what all operations have in common."""

PATH = "/api/v1/auth/login"
METHODS = "POST"
