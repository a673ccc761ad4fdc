"""Records survive the way into a table and back."""

from hypothesis import given
from hypothesis import strategies as st

from cuibono.reading.arrow import from_arrow, record_schema, to_arrow
from cuibono.reading.document import build_document
from cuibono.reading.read import read_document

SENTENCES = (
    "Iran claimed that Iraq bombed Kuwait in May 1991.",
    "Russia may lift sanctions on Georgia.",
    "China and India did not sign an agreement on Tuesday.",
    "Moscow justified the raid as self-defence against Turkey.",
    "The bread was good.",
)


@given(st.lists(st.sampled_from(SENTENCES), max_size=6))
def test_nothing_is_lost(sentences: list[str]) -> None:
    records = read_document(build_document(" ".join(sentences)))
    assert from_arrow(to_arrow(records)) == records


def test_no_records_are_an_empty_table_with_all_columns() -> None:
    assert to_arrow([]).schema == record_schema()
    assert from_arrow(to_arrow([])) == []
