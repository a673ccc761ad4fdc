"""GDELT mentions: one document that tells an event is one report, whoever copied whom."""

from datetime import date
from pathlib import Path

import pytest
from tests.sources.made_sources import MENTION, layout_of
from tests.sources.made_tables import Row, lines, read
from tests.store.made_files import rows_of

from cuibono.errors import DriftError
from cuibono.store.load import LoadReport, load
from cuibono.store.store import open_store


def line(**changes: str) -> str:
    cells = {**MENTION, **changes}
    columns = layout_of("gdelt_mentions", "quarter_hour").columns["reports"]
    return "\t".join(str(cells.get(c, "")) for c in columns)


def one(**changes: str) -> Row:
    (row,) = read("gdelt_mentions", "quarter_hour", reports=lines(line(**changes)))
    return row


def loaded(folder: Path, *text: str) -> LoadReport:
    path = folder / "20150302231500.mentions.CSV"
    path.write_text("".join(f"{each}\n" for each in text))
    return load(open_store(folder / "store"), "gdelt_mentions", path)


def test_a_mention_says_who_told_which_event_and_when() -> None:
    row = one(MentionTimeDate="20160302231500")
    kept = ("reject", "event", "day", "added", "publisher", "medium", "confidence_percent")
    assert [row[name] for name in kept] == [
        None, "410412347", date(2016, 3, 2), date(2015, 3, 2), "rian.ru", "web", 60,
    ]  # fmt: skip


BAD_LINES = {
    "": "empty line",
    "<html>503</html>": "not 16 fields",
    line() + "\tx": "not 16 fields",
    line(MentionSourceName="MALM\ufffd"): "not UTF-8 text",
    line(GLOBALEVENTID="x"): "GLOBALEVENTID is no number",
    line(MentionTimeDate="20150302"): "MentionTimeDate is no moment",
    line(MentionTimeDate="20151399231500"): "MentionTimeDate is no moment",
    line(EventTimeDate=""): "EventTimeDate is no moment",
    line(EventTimeDate="20160302231500"): "mentioned before the event was recorded",
    line(MentionIdentifier=""): "MentionIdentifier names no document",
    line(MentionType="9"): "unknown MentionType 9",
    line(Confidence="101"): "Confidence is no percentage",
    line(Confidence="nan"): "Confidence is no percentage",
}


@pytest.fixture(scope="module")
def bad_rows() -> dict[object, Row]:
    rows = read("gdelt_mentions", "quarter_hour", reports=lines(line(), *BAD_LINES))
    return {row["text"]: row for row in rows}


@pytest.mark.parametrize("text", BAD_LINES, ids=lambda text: f"{BAD_LINES[text]}: {text[:9]}")
def test_a_bad_line_says_why(bad_rows: dict[object, Row], text: str) -> None:
    assert bad_rows[text]["reject"] == BAD_LINES[text]


def test_bad_lines_cost_no_good_one(bad_rows: dict[object, Row]) -> None:
    assert bad_rows[line()]["reject"] is None


def test_a_document_that_tells_an_event_twice_is_one_report(tmp_path: Path) -> None:
    done = loaded(tmp_path, line(), line(SentenceID="9")).snapshot
    assert (done.accepted, done.duplicates) == (1, 1)


def test_twenty_documents_of_one_event_are_twenty_reports_of_one_origin(
    tmp_path: Path,
) -> None:
    sites = [line(MentionIdentifier=f"https://site-{n}.example/story") for n in range(20)]
    assert str(loaded(tmp_path, *sites)).endswith(
        "20 rows = 20 accepted + 0 duplicates + 0 quarantined; origins: 1"
    )


def test_reports_are_a_table_of_their_own(tmp_path: Path) -> None:
    loaded(tmp_path, line())
    (row,) = rows_of(open_store(tmp_path / "store"), "reports")
    assert (row["source"], row["event"]) == ("gdelt_mentions", "410412347")


def test_events_are_no_mentions(tmp_path: Path) -> None:
    with pytest.raises(DriftError, match="2 fields separated by tabs; known are 16"):
        loaded(tmp_path, "a\tb")


@pytest.mark.parametrize("name", ["mentions", "mentionsT"])
def test_the_providers_files_load_whole(raw: Path, tmp_path: Path, name: str) -> None:
    path = raw / "gdelt_native" / "spark-gdelt" / f"{name}.csv"
    done = load(open_store(tmp_path), "gdelt_mentions", path).snapshot
    assert (done.rows_in, done.accepted, done.duplicates) == (100, 99, 1)
