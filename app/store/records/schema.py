"""The schema that a plan file has to have, checked before anything in it is trusted.

A database can bring triggers, views and tables of its own, which would run inside this program;
a plan file holds the program's tables and nothing else, written as the program writes them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from app.store.records.tables import METADATA

KNOWN_DIGEST = "609b749afb107e99495e178f8658674587e77fa06f25d0da9e236402bfc6eb93"
"""SHA-256 of the schema of now, so that opening need not write it out; a test keeps it right."""

_OF_SQLITE = "sqlite_"
"""What SQLite calls things that it makes itself: indexes of keys, statistics."""


class StrangeSchema(ValueError):
    """Tables are missing or otherwise than the program makes them."""


class StrangeExtras(ValueError):
    """The program's tables are as they have to be, and there is more: triggers, views, tables."""


def expected_schema() -> Mapping[str, str]:
    """Return the statement of every table of a plan file, by the table's name."""
    dialect = sqlite.dialect()
    return {
        table.name: str(CreateTable(table).compile(dialect=dialect)).strip()
        for table in METADATA.tables.values()
    }


def digest_of(schema: Mapping[str, str]) -> str:
    """Return the SHA-256 of the statements of some tables."""
    lines = [f"{name}\n{schema[name]}" for name in sorted(schema)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def check_schema(connection: sqlite3.Connection) -> None:
    """Look at what a database consists of.

    Raises:
        StrangeSchema: the program's tables are not all there as the program makes them.
        StrangeExtras: something else is there too.
    """
    found = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    own = [row for row in found if not str(row[1]).startswith(_OF_SQLITE)]
    names = set(METADATA.tables)
    tables = {
        name: str(sql).strip() for kind, name, sql in own if kind == "table" and name in names
    }
    if digest_of(tables) != KNOWN_DIGEST and tables != expected_schema():
        raise StrangeSchema
    if len(own) > len(tables):
        raise StrangeExtras
