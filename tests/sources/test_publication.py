from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from cuibono.errors import SourceError
from cuibono.sources.base import read_card, source_names
from cuibono.sources.publication import FileList, Publication, read_publication

TABLE: dict[str, Any] = {
    "kind": "events",
    "base": "https://data.example/",
    "start": date(1995, 1, 1),
    "list": [{"path": "list", "format": "md5 name"}],
    "file": [{"name": r"(?P<start>\d{4})\.zip"}],
}


def read(**changes: Any) -> Publication:
    return read_publication("made", {**TABLE, **changes})


def test_a_day_is_its_first_moment_in_utc() -> None:
    assert read().start == datetime(1995, 1, 1, tzinfo=UTC)


def test_a_moment_is_told_in_utc() -> None:
    karachi = timezone(timedelta(hours=5))
    assert read(start=datetime(2015, 2, 19, 4, tzinfo=karachi)).start.hour == 23


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"base": "ftp://data.example/"}, "base 'ftp://data.example/'"),
        ({"base": "https://data.example"}, "write http"),
        ({"kind": "The Events"}, "small letters and dashes"),
        ({"start": "1995"}, "no day, such as 2015-02-18"),
        ({"start": datetime(1995, 1, 1)}, "no day, such as 2015-02-18"),  # noqa: DTZ001
        ({"list": []}, "needs a"),
        ({"file": {"name": "x"}}, "needs a"),
        ({"mirror": "x"}, "key 'mirror' is none of kind, base"),
        ({"list": [{"path": "l", "format": "md5 nmae"}]}, "format 'md5 nmae'"),
        ({"list": [{"path": "l", "format": "md5"}]}, "with a name or an url"),
        ({"list": [{"format": "name"}]}, "one of both"),
        ({"file": [{"name": "(unclosed"}]}, "no regular expression"),
        ({"file": [{"days": 7}]}, "name"),
    ],
)
def test_a_slip_in_a_card_is_named(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read(**changes)
    assert str(caught.value).startswith("made/card.toml: ")


def test_a_list_is_on_the_site_or_in_the_card() -> None:
    with pytest.raises(SourceError, match="one of both"):
        FileList(format="name", path="list", lines=("a.zip",))


EVERY = [(name, part) for name in source_names() for part in read_card(name).fetch]
every_publication = pytest.mark.parametrize(
    ("name", "publication"), EVERY, ids=[f"{name} {part.kind}" for name, part in EVERY]
)


@every_publication
def test_every_card_fetches_over_https(name: str, publication: Publication) -> None:
    assert publication.base.startswith("https://")


@every_publication
def test_every_kind_of_a_source_is_told_once(name: str, publication: Publication) -> None:
    assert [part.kind for part in read_card(name).fetch].count(publication.kind) == 1
