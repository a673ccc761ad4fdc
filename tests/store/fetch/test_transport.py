from collections.abc import Iterator
from contextlib import closing

import pytest
from tests.store.fetch.replica import Fault, Replica, serve, site_of

from cuibono.errors import SourceError
from cuibono.store.fetch.transport import HEADERS, Site


@pytest.fixture
def replica() -> Iterator[Replica]:
    with serve(Replica({"a": b"first", "b c?d=1": b"second"})) as served:
        yield served


def test_an_answer_is_what_lies_below_the_base(replica: Replica) -> None:
    with closing(site_of(replica)) as site:
        assert site.get("a", {}).read() == b"first"


def test_a_host_is_told_who_asks_and_to_send_the_bytes_as_they_are(replica: Replica) -> None:
    with closing(site_of(replica)) as site:
        site.get("a", {"Range": "bytes=2-"}).read()
    asked = replica.asked[0][1]
    assert {name: asked[name] for name in HEADERS} == HEADERS
    assert asked["Range"] == "bytes=2-"


def test_a_host_that_the_card_names_may_be_redirected_to() -> None:
    with serve(Replica({"file": b"kept elsewhere"})) as other, serve(Replica()) as first:
        netloc = other.base.split("/")[2]
        first.faults["file"] = [Fault(302, headers={"Location": f"{other.base}file"})]
        site = Site(first.base, hosts=(netloc,), mirrored=True)
        with closing(site):
            assert site.get("file", {}).read() == b"kept elsewhere"


def test_a_redirect_from_https_to_http_is_not_followed() -> None:
    site = Site("https://data.example/")
    with pytest.raises(SourceError, match="not followed"):
        site._followed("https://data.example/a", "http://data.example/a")


@pytest.mark.parametrize(
    "base",
    [
        "http://user:word@data.example/",
        "http://data.example:port/",
        "gopher://x/",
        "http:///x/",
    ],
)
def test_what_is_no_address_is_refused_before_anything_is_sent(base: str) -> None:
    with pytest.raises(SourceError, match="is no address"):
        Site(base)


def test_a_name_that_does_not_resolve_is_the_systems_error() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("Name or service not known")

    with pytest.raises(OSError, match="not known"):
        Site("http://data.example/", look_up=unknown).get("a", {})


def test_this_machine_is_not_contacted_unless_the_user_named_it(replica: Replica) -> None:
    with pytest.raises(SourceError, match="not a public address"):
        Site(replica.base).get("a", {})
    assert replica.asked == []
