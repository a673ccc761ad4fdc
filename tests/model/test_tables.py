"""Canonical tables are keyed by source and row, and their types are real ones."""

import ibis
import pytest

from cuibono.model.tables import TABLES

every_table = pytest.mark.parametrize("columns", TABLES.values(), ids=TABLES)


@every_table
def test_row_is_known_by_its_source_and_its_place_there(columns: dict[str, str]) -> None:
    assert list(columns)[:2] == ["source", "row"]


@every_table
def test_role_keeps_the_name_the_source_gave_it(columns: dict[str, str]) -> None:
    roles = {"actor", "recipient"} & columns.keys()
    assert {f"{role}_name" for role in roles} <= columns.keys()


@every_table
def test_types_are_those_of_the_expressions(columns: dict[str, str]) -> None:
    assert {name: str(kind) for name, kind in ibis.schema(columns).items()} == columns
