"""An operation that takes a body, for tests of what all operations have in common."""

PATH = "/api/v1/boards"
METHODS = "GET, POST"
