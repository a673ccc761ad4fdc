"""What may go wrong between a provider and the store: faults A1 to A14, each answered."""

import ssl
import time
from datetime import timedelta
from pathlib import Path

import pytest
from tests.store.fetch.replica import (
    CERTIFICATES,
    LIST,
    NOW,
    Calm,
    Fault,
    Replica,
    fetch_all,
    kept,
    leftovers,
    md5,
    published,
    quarters,
    relist,
    serve,
    slot_name,
    zipped,
)

from cuibono.errors import SourceError
from cuibono.model.period import Period
from cuibono.store.fetch.download import MOST_TRIES
from cuibono.store.fetch.holdings import missing_slots, read_holdings
from cuibono.store.fetch.transport import Site
from cuibono.store.store import open_store

FIRST, SECOND, THIRD = (slot_name(number) for number in range(3))
AT = f"gdeltv2/{SECOND}"
HTML = b"<!DOCTYPE html><title>Sorry</title>"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def with_fault(*faults: Fault, n: int = 3) -> Replica:
    """A replica that answers for the second quarter of an hour with faults."""
    replica = quarters(n)
    replica.faults[AT] = list(faults)
    return replica


# A1


def gone() -> Replica:
    replica = quarters()
    del replica.files[AT]
    return replica


def test_a1_a_listed_slot_that_is_not_found_does_not_stop_the_others(store: Path) -> None:
    with serve(gone()) as replica:
        states = fetch_all(store, replica).states()
    assert states == {FIRST: "got", SECOND: "missing", THIRD: "got"}


def test_a1_a_slot_that_is_not_found_is_a_gap_with_its_time(store: Path) -> None:
    with serve(gone()) as replica:
        fetch_all(store, replica)
    holes = read_holdings(store, "gdelt", "events").missing()
    assert [str(hole) for hole in holes] == ["2015-02-18 23:15 to 2015-02-18 23:30 UTC"]


def test_a1_the_day_of_a_missing_slot_is_listed_for_the_dossier(store: Path) -> None:
    with serve(gone()) as replica:
        fetch_all(store, replica)
    day = NOW.date() - timedelta(days=1)
    assert missing_slots(store, "gdelt") == (Period(day, day + timedelta(days=1)),)


def test_a1_a_slot_that_was_not_found_is_asked_for_again_next_time(store: Path) -> None:
    with serve(gone()) as replica:
        fetch_all(store, replica)
        replica.files[AT] = quarters().files[AT]
        assert fetch_all(store, replica).states() == {SECOND: "got"}
    assert missing_slots(store, "gdelt") == ()


# A2


@pytest.mark.parametrize("body", [HTML, b'{"error": "try later"}', b"  Service unavailable"])
def test_a2_an_error_page_with_status_200_is_never_kept(store: Path, body: bytes) -> None:
    with serve(with_fault(*[Fault(body=body)] * 9)) as replica:
        states = fetch_all(store, replica).states()
    assert states[SECOND] == "unreachable"
    assert SECOND not in kept(store)
    assert leftovers(store) == []


@pytest.mark.parametrize("status", [200, 500, 502, 503, 504])
def test_a2_an_error_page_is_survived_once_the_file_is_back(store: Path, status: int) -> None:
    with serve(with_fault(Fault(status, HTML), Fault(status, HTML))) as replica:
        fetch_all(store, replica)
        assert kept(store)[SECOND] == replica.files[AT]


# A3


def test_a3_a_file_with_another_md5_is_refetched_at_most_three_times(store: Path) -> None:
    with serve(with_fault(*[Fault(body=zipped(b"forged"))] * 9)) as replica:
        fetch_all(store, replica)
        assert replica.times(AT) == 4


def test_a3_a_file_with_another_md5_is_quarantined_with_both_hashes(store: Path) -> None:
    forged = zipped(b"forged")
    with serve(with_fault(*[Fault(body=forged)] * 9)) as replica:
        fetched = fetch_all(store, replica)
        reason = f"listed md5:{md5(replica.files[AT])}, got md5:{md5(forged)}"
    assert fetched.outcomes[SECOND].reason == reason
    assert read_holdings(store, "gdelt", "events").files[SECOND].reason == reason
    assert kept(store, "quarantine")[SECOND] == forged
    assert SECOND not in kept(store)


def test_a3_a_file_that_was_forged_once_is_good_the_second_time(store: Path) -> None:
    with serve(with_fault(Fault(body=zipped(b"forged")))) as replica:
        assert fetch_all(store, replica).states()[SECOND] == "got"
        assert kept(store)[SECOND] == replica.files[AT]


# A4


def test_a4_a_cut_file_is_resumed_where_it_broke_off(store: Path) -> None:
    with serve(with_fault(Fault(cut_after=40))) as replica:
        fetch_all(store, replica)
        again = [asked for path, asked in replica.asked if path == AT][1]
    assert again["Range"] == "bytes=40-"
    assert again["If-Range"] == f'"{md5(replica.files[AT])}"'
    assert kept(store)[SECOND] == replica.files[AT]


def test_a4_a_host_that_ignores_ranges_is_read_from_the_start(store: Path) -> None:
    with serve(with_fault(Fault(cut_after=40), Fault(ignore_range=True))) as replica:
        fetch_all(store, replica)
        assert kept(store)[SECOND] == replica.files[AT]


def test_a4_a_file_that_changed_while_it_was_cut_is_not_sewn_together(store: Path) -> None:
    old = zipped(b"an older version of the same slot" * 9)
    with serve(with_fault(Fault(body=old, cut_after=40))) as replica:
        fetch_all(store, replica)
        assert kept(store)[SECOND] == replica.files[AT]
        assert replica.times(AT) == 2


def test_a4_a_range_that_starts_elsewhere_is_not_sewn_on(store: Path) -> None:
    replica = quarters()
    replica.files[LIST] = f"{SECOND}\n".encode()
    body = replica.files[AT]
    told = {"Content-Range": f"bytes 7-{len(body) - 1}/{len(body)}"}
    cut = Fault(cut_after=40), Fault(cut_after=0), Fault(206, body[7:], told)
    replica.faults[AT] = list(cut)
    with serve(replica, "right"):
        site = secure(replica, "right")
        fetch_all(store, replica, published(list=[NAMES]), site=site)
    assert kept(store) == {SECOND: body}


def test_a4_a_file_in_an_encoding_nobody_asked_for_is_not_taken(store: Path) -> None:
    with serve(with_fault(Fault(headers={"Content-Encoding": "gzip"}))) as replica:
        fetch_all(store, replica)
        assert replica.times(AT) == 2


def test_a4_a_file_far_longer_than_listed_is_not_read_to_its_end(store: Path) -> None:
    with serve(with_fault(Fault(body=b"PK\x03\x04" + bytes(300_000)))) as replica:
        fetched = fetch_all(store, replica)
    assert "sends more than" in fetched.outcomes[SECOND].reason
    assert leftovers(store) == []


def test_a4_a_host_without_validators_is_resumed_on_the_listed_hash(store: Path) -> None:
    with serve(with_fault(*[Fault(cut_after=40, without=("ETag",))] * 2)) as replica:
        fetch_all(store, replica)
        asked = [asked for path, asked in replica.asked if path == AT]
        assert "If-Range" not in asked[1]
        assert kept(store)[SECOND] == replica.files[AT]


def test_a4_a_download_that_was_killed_goes_on_with_the_next_run(store: Path) -> None:
    with serve(quarters()) as replica:
        part = store / "unfinished" / "gdelt" / "events" / f"{SECOND}.part"
        part.parent.mkdir(parents=True)
        part.write_bytes(replica.files[AT][:40])
        fetch_all(store, replica)
        asked = [asked for path, asked in replica.asked if path == AT]
        assert [each.get("Range") for each in asked] == ["bytes=40-"]
        assert kept(store)[SECOND] == replica.files[AT]


@pytest.mark.parametrize("extra", [0, 1, 500])
def test_a4_a_part_of_full_length_or_more_is_checked_and_not_trusted(
    store: Path, extra: int
) -> None:
    with serve(quarters()) as replica:
        part = store / "unfinished" / "gdelt" / "events" / f"{SECOND}.part"
        part.parent.mkdir(parents=True)
        part.write_bytes(b"x" * (len(replica.files[AT]) + extra))
        fetch_all(store, replica)
        assert kept(store)[SECOND] == replica.files[AT]


def test_a4_a_part_that_is_whole_is_not_asked_for_again(store: Path) -> None:
    with serve(quarters()) as replica:
        part = store / "unfinished" / "gdelt" / "events" / f"{SECOND}.part"
        part.parent.mkdir(parents=True)
        part.write_bytes(replica.files[AT])
        fetch_all(store, replica)
        assert replica.times(AT) == 0
        assert kept(store)[SECOND] == replica.files[AT]


# A5


@pytest.mark.parametrize("tenth", range(10))
def test_a5_a_cut_at_any_tenth_changes_no_byte(store: Path, tenth: int) -> None:
    size = len(quarters().files[AT])
    with serve(with_fault(Fault(cut_after=size * tenth // 10))) as replica:
        fetch_all(store, replica)
        assert kept(store)[SECOND] == replica.files[AT]
    assert leftovers(store) == []


def test_a5_a_cut_at_every_tenth_in_turn_changes_no_byte(store: Path) -> None:
    tenth = len(quarters().files[AT]) // 10
    with serve(with_fault(*[Fault(cut_after=tenth + 1)] * 9)) as replica:
        fetch_all(store, replica)
        assert replica.times(AT) == 10
        assert kept(store)[SECOND] == replica.files[AT]
    assert leftovers(store) == []


def test_a5_a_file_that_is_always_cut_at_the_same_byte_is_given_up(store: Path) -> None:
    with serve(with_fault(*[Fault(cut_after=0)] * 50)) as replica:
        fetched = fetch_all(store, replica)
        assert fetched.states()[SECOND] == "unreachable"
        assert replica.times(AT) == 5


# A6


def test_a6_a_host_that_asks_for_rest_gets_it_and_a_little_more(store: Path) -> None:
    calm = Calm(jitter=0.5)
    with serve(with_fault(Fault(429, headers={"Retry-After": "7"}))) as replica:
        fetched = fetch_all(store, replica, calm=calm)
    assert fetched.states()[SECOND] == "got"
    assert calm.slept == [7.5]


def test_a6_a_moment_to_come_back_is_read_from_the_hosts_own_clock(store: Path) -> None:
    rest = Fault(503, headers={"Retry-After": "Thu, 19 Feb 2015 00:30:09 GMT"})
    calm = Calm(now=NOW - timedelta(days=1))
    with serve(with_fault(rest)) as replica:
        fetch_all(store, replica, calm=calm)
    assert calm.slept == [9.0]


def test_a6_a_host_that_asks_for_hours_is_not_waited_for(store: Path) -> None:
    with serve(with_fault(Fault(429, headers={"Retry-After": "7200"}))) as replica:
        fetched = fetch_all(store, replica)
    assert fetched.states() == {FIRST: "got", SECOND: "unreachable", THIRD: "got"}
    assert fetched.slept == []


def test_a6_waits_grow_while_a_host_fails(store: Path) -> None:
    with serve(with_fault(*[Fault(503)] * 9)) as replica:
        assert fetch_all(store, replica).slept == [1.0, 2.0, 4.0, 8.0]


def test_a6_a_host_that_answers_nothing_sound_is_left_in_peace(store: Path) -> None:
    replica = quarters(9)
    for path in replica.files:
        replica.faults[path] = [Fault(503)] * 5 * (path != LIST)
    with serve(replica):
        fetched = fetch_all(store, replica)
    assert len(fetched.outcomes) == 5
    assert len(read_holdings(store, "gdelt", "events").missing()) == 1


def test_a6_a_host_is_talked_to_over_one_connection(store: Path) -> None:
    with serve(quarters(9)) as replica:
        fetch_all(store, replica)
    assert len(replica.clients) == 1


def test_a6_a_host_that_drips_is_cut_off(store: Path) -> None:
    ticks = iter(range(0, 10**9, 1000))
    calm = Calm(elapsed=lambda: float(next(ticks)))
    replica = quarters(1)
    relist(replica, *["a line more"] * 3000)
    with serve(replica), pytest.raises(SourceError, match=r"cannot be had: .* too slowly"):
        fetch_all(store, replica, calm=calm)
    assert replica.times(LIST) == MOST_TRIES


# A7


ELSEWHERE = [
    "http://other.example/file.zip",
    "file:///etc/passwd",
    "http://127.0.0.1:1/file.zip",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/file.zip",
    "http://0x7f000001/file.zip",
    "//other.example/file.zip",
    "ftp://127.0.0.1/file.zip",
    "",
]


@pytest.mark.parametrize("location", ELSEWHERE)
def test_a7_a_redirect_elsewhere_is_not_followed(store: Path, location: str) -> None:
    with serve(with_fault(*[Fault(302, headers={"Location": location})] * 9)) as replica:
        fetched = fetch_all(store, replica)
    assert fetched.states() == {FIRST: "got", SECOND: "unreachable", THIRD: "got"}
    assert "not followed" in fetched.reasons()


def hop(location: str) -> list[Fault]:
    return [Fault(302, headers={"Location": location})]


def test_a7_three_redirects_on_one_host_are_followed(store: Path) -> None:
    replica = with_fault(*hop("/one"))
    replica.faults |= {"one": hop("/two"), "two": hop(f"/{AT}")}
    with serve(replica):
        assert fetch_all(store, replica).states()[SECOND] == "got"


def test_a7_a_fourth_redirect_is_not_followed(store: Path) -> None:
    replica = with_fault(*hop("/one"))
    replica.faults |= {"one": hop("/two"), "two": hop("/three"), "three": hop(f"/{AT}")}
    with serve(replica):
        assert "more than 3 redirects" in fetch_all(store, replica).reasons()


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00::1"],
)
def test_a7_a_provider_whose_name_leads_to_a_private_address_is_not_contacted(
    store: Path, address: str
) -> None:
    with serve(quarters()) as replica:
        port = replica.base.rpartition(":")[2]
        site = Site(f"http://provider.example:{port}", look_up=lambda host, port: [address])
        with pytest.raises(SourceError, match="not a public address"):
            fetch_all(store, replica, site=site)
        assert replica.asked == []


def test_a7_an_address_is_looked_up_once_so_that_it_cannot_be_rebound(store: Path) -> None:
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    with serve(with_fault(Fault(503), Fault(cut_after=9))) as replica:
        port = replica.base.rpartition(":")[2]
        site = Site(
            f"http://localhost:{port}", mirrored=True, look_up=lambda host, port: answers.pop(0)
        )
        states = fetch_all(store, replica, site=site).states()
    assert set(states.values()) == {"got"}
    assert len(replica.clients) == 3
    assert answers == [["10.0.0.1"]]


# A8


def secure(replica: Replica, trusted: str) -> Site:
    context = ssl.create_default_context(cafile=str(CERTIFICATES / f"{trusted}.pem"))
    return Site(replica.base, mirrored=True, tls=context)


@pytest.mark.parametrize(
    ("certificate", "wrong"),
    [("other", "IP address mismatch"), ("expired", "expired"), ("right", "self-signed")],
)
def test_a8_a_certificate_that_does_not_hold_stops_everything(
    store: Path, certificate: str, wrong: str
) -> None:
    trusted = "expired" if certificate == "right" else certificate
    with (
        serve(quarters(), certificate) as replica,
        pytest.raises(SourceError, match=f"(?i)certificate does not hold.*{wrong}"),
    ):
        fetch_all(store, replica, site=secure(replica, trusted))
    assert kept(store) == {}


def test_a8_a_certificate_that_holds_is_recorded(store: Path) -> None:
    with serve(quarters(), "right") as replica:
        fetch_all(store, replica, site=secure(replica, "right"))
    assert read_holdings(store, "gdelt", "events").files[FIRST].authenticated


def test_a8_a_file_over_http_is_marked_as_unauthenticated(store: Path) -> None:
    with serve(quarters()) as replica:
        fetch_all(store, replica)
    assert not read_holdings(store, "gdelt", "events").files[FIRST].authenticated


NAMES = {"path": LIST, "format": "name", "folder": "gdeltv2/"}


def test_a8_a_file_over_http_without_a_hash_is_not_fetched(store: Path) -> None:
    with serve(quarters(1)) as replica:
        replica.files[LIST] = f"{FIRST}\n".encode()
        fetched = fetch_all(store, replica, published(list=[NAMES]))
        assert replica.paths() == [LIST]
    assert "http alone vouches for nothing" in fetched.reasons()


def test_a8_a_file_over_https_without_a_hash_is_fetched(store: Path) -> None:
    with serve(quarters(1), "right") as replica:
        replica.files[LIST] = f"{FIRST}\n".encode()
        site = secure(replica, "right")
        fetched = fetch_all(store, replica, published(list=[NAMES]), site=site)
    assert fetched.states() == {FIRST: "got"}


# A9


HASH = "0" * 32
MALFORMED = [
    "",
    "12 abc",
    f"12 {HASH} http://data.example/gdeltv2/{THIRD}\r",
    f"12 {HASH} http://evil.example/gdeltv2/{THIRD}",
    f"12 {HASH} http://data.example/gdeltv2/../{THIRD}",
    f"12 {HASH} http://data.example/gdeltv2/..%2f{THIRD}",
    f"-1 {HASH} http://data.example/gdeltv2/{THIRD}",
    f"12 xyz http://data.example/gdeltv2/{THIRD}",
    f"12 {HASH} http://data.example/gdeltv2/{THIRD} more",
    f"12 {HASH} http://data.example/gdeltv2/",
]


@pytest.mark.parametrize("line", MALFORMED)
def test_a9_a_malformed_line_is_counted_and_the_others_are_used(store: Path, line: str) -> None:
    replica = quarters(2)
    relist(replica, line)
    with serve(replica):
        fetched = fetch_all(store, replica)
    assert len(fetched.plan.listing.refused) == 1
    assert set(fetched.states()) == {FIRST, SECOND}


def test_a9_malformed_lines_are_kept_with_their_reasons(store: Path) -> None:
    replica = quarters(1)
    relist(replica, *MALFORMED)
    with serve(replica):
        fetch_all(store, replica)
    lines = kept(store, "quarantine")["lines.tsv"].decode().splitlines()
    assert len(lines) == len(MALFORMED)
    assert lines[1].split("\t") == [
        f"{LIST}:3",
        "it is not of the form 'size md5 url'",
        "'12 abc'",
    ]


# A10


def test_a10_a_shorter_list_is_told_and_deletes_nothing(store: Path) -> None:
    with serve(quarters(3)) as replica:
        fetch_all(store, replica)
        del replica.files[AT]
        relist(replica)
        again = fetch_all(store, replica)
    assert "1 fewer than last time" in again.plan.warnings[0]
    assert len(kept(store)) == 3
    assert missing_slots(store, "gdelt") == ()


# A11


def reissued(store: Path, replica: Replica) -> bytes:
    """Fetch, and fetch again after the provider put out another version."""
    fetch_all(store, replica)
    first = replica.files[AT]
    replica.files[AT] = zipped(b"a new version")
    relist(replica)
    fetch_all(store, replica)
    return first


def test_a11_a_new_md5_brings_a_new_version(store: Path) -> None:
    with serve(quarters()) as replica:
        reissued(store, replica)
        assert kept(store)[SECOND] == replica.files[AT]


def test_a11_the_old_version_is_kept(store: Path) -> None:
    with serve(quarters()) as replica:
        first = reissued(store, replica)
    assert list(kept(store, "superseded").values()) == [first]


def test_a11_of_two_lines_on_one_file_the_later_holds(store: Path) -> None:
    replica = quarters()
    old = f"12 {HASH} http://data.example/{AT}\n".encode()
    replica.files[LIST] = old + replica.files[LIST]
    with serve(replica):
        assert fetch_all(store, replica).states()[SECOND] == "got"


def test_a11_a_version_that_cannot_be_had_leaves_the_old_one(store: Path) -> None:
    with serve(quarters()) as replica:
        fetch_all(store, replica)
        first = replica.files[AT]
        replica.files[AT] = zipped(b"a new version")
        relist(replica)
        replica.faults[AT] = [Fault(503)] * 5
        fetch_all(store, replica)
    assert kept(store)[SECOND] == first
    assert missing_slots(store, "gdelt") == ()


# A12


def paths_asked(store: Path, now: timedelta = timedelta()) -> list[str]:
    with serve(quarters()) as replica:
        fetch_all(store, replica, calm=Calm(now=NOW + now))
        return replica.paths()


@pytest.mark.parametrize("zone", ["Asia/Karachi", "America/New_York", "Pacific/Kiritimati"])
def test_a12_the_zone_of_this_machine_changes_no_address(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    usual = paths_asked(tmp_path / "usual")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert paths_asked(store) == usual
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("days", [-1, 1])
def test_a12_a_wrong_clock_changes_no_address(store: Path, tmp_path: Path, days: int) -> None:
    wrong = paths_asked(store, timedelta(days=days))
    assert wrong == paths_asked(tmp_path / "usual")


# A13


@pytest.mark.parametrize(
    ("stamp", "reason"),
    [
        ("20150218231400", "not on a quarter of an hour"),
        ("20150218231501", "not on a quarter of an hour"),
        ("20150219004500", "a time that has not come"),
        ("20251399000000", "no date of any calendar"),
        ("00000000000000", "no date of any calendar"),
    ],
)
def test_a13_a_slot_off_the_quarter_or_to_come_is_refused(
    store: Path, stamp: str, reason: str
) -> None:
    replica = quarters(1)
    path = f"gdeltv2/{stamp}.export.CSV.zip"
    replica.files[path] = zipped()
    relist(replica)
    with serve(replica):
        fetched = fetch_all(store, replica)
        assert path not in replica.paths()
    assert reason in fetched.plan.listing.refused[0].reason


# A14


def test_a14_offline_is_one_clear_error(store: Path) -> None:
    with serve(quarters()) as replica:
        fetch_all(store, replica)
    with pytest.raises(SourceError, match=r"cannot be reached.*cuibono coverage"):
        fetch_all(store, replica)


def test_a14_offline_the_store_opens_and_nothing_is_lost(store: Path) -> None:
    with serve(quarters()) as replica:
        fetch_all(store, replica)
    before = kept(store)
    with pytest.raises(SourceError):
        fetch_all(store, replica)
    assert kept(store) == before
    assert open_store(store).loaded == ()
    assert missing_slots(store, "gdelt") == ()
