"""Prisma's format: a directory per change, with the SQL of its way up and of its way down."""

from backendgen.migrations.prisma.history import DIRECTORY, begun, uncreated
from backendgen.migrations.prisma.sql import sql, write

__all__ = ["DIRECTORY", "begun", "sql", "uncreated", "write"]
