"""A table for the tests of one class, made inside the test's transaction on either database."""

from __future__ import annotations

from django.db import connection, models


def create(model: type[models.Model]) -> None:
    """Creates the table of a model that is of the tests only."""
    quoted = connection.ops.quote_name
    columns = ", ".join(f"{quoted(f.column)} {f.db_type(connection)}" for f in model._meta.concrete_fields)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {quoted(model._meta.db_table)} ({columns})")
