"""The providers' documented layouts, served on this machine from their cards."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.faults.made_archives import archive
from tests.store.fetch.replica import Fetched, Replica, fetch_all, md5, serve, zipped

from cuibono.sources.base import read_card
from cuibono.sources.publication import Publication
from cuibono.store.fetch.listing import read_listing
from cuibono.store.fetch.plan import choose_publication

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def of(source: str, kind: str | None = None) -> Publication:
    return choose_publication(read_card(source), kind)


def span(source: str, name: str, kind: str | None = None) -> str:
    """What a provider's file is about, by its name alone."""
    publication = of(source, kind)
    inside = replace(publication.lists[0], path="", format="name", lines=(name,))
    listing = read_listing(replace(publication, lists=(inside,)), [None], NOW)
    files = list(listing.files.values())
    return str(files[0].slot) if files else ""


def data_set(replica: Replica, path: str, **files: bytes) -> None:
    """Put a Dataverse data set and its files under a replica."""
    entries = []
    for label, body in files.items():
        number = 3000 + len(replica.files)
        replica.files[f"api/access/datafile/{number}"] = body
        facts = {"id": number, "filesize": len(body), "md5": md5(body)}
        entries.append({"label": label, "dataFile": facts})
    described = {"status": "OK", "data": {"latestVersion": {"files": entries}}}
    replica.files[path] = json.dumps(described).encode()


def run(tmp_path: Path, replica: Replica, publication: Publication, *span: str) -> Fetched:
    with serve(replace(replica, now=NOW)) as served:
        return fetch_all(tmp_path / "store", served, publication, *span)


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("1979.zip", "1979-01-01 to 1979-12-31"),
        ("200601.zip", "2006-01-01 to 2006-01-31"),
        ("20130401.export.CSV.zip", "2013-04-01"),
        ("GDELT.MASTERREDUCEDV2.1979-2013.zip", ""),
        ("20130401.gkg.csv.zip", ""),
    ],
)
def test_gdelt_1_names_years_months_and_days(name: str, about: str) -> None:
    assert span("gdelt", name) == about


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("quarter-hours", "20150218231500.export.CSV.zip"),
        ("quarter-hours-translated", "20150218231500.translation.export.CSV.zip"),
        ("mentions", "20150218231500.mentions.CSV.zip"),
        ("mentions-translated", "20150218231500.translation.mentions.CSV.zip"),
    ],
)
def test_gdelt_2_names_quarters_of_an_hour(kind: str, name: str) -> None:
    assert span("gdelt", name, kind) == "2015-02-18 23:15 to 2015-02-18 23:30 UTC"


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("events.1995.20150313082510.tab", "1995-01-01 to 1995-12-31"),
        ("Events.2017.20200602.tab.zip", "2017-01-01 to 2017-12-31"),
        ("20181004-icews-events.zip", "2018-10-04"),
        ("20190309-icews-events-1.tab", "2019-03-09"),
        ("20200517-icews-events.tab", "2020-05-11 to 2020-05-17"),
        ("20230108-icews-events.zip", "2023-01-02 to 2023-01-08"),
        ("CAMEO.CDB.09b5.pdf", ""),
    ],
)
def test_icews_names_years_days_and_weeks(name: str, about: str) -> None:
    assert span("icews", name) == about


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("ngecEvents.DV.2018.txt", "2018-01-01 to 2018-12-31"),
        ("ngecEventsDV-2022.txt.zip", "2022-01-01 to 2022-12-31"),
        ("ngecEventsDV-2023-02.txt", "2023-02-01 to 2023-02-28"),
        ("ngecEvents.20230103111842.Release603.DV.txt", "2022-12-28 to 2023-01-03"),
        ("PLOVER_Codebook.pdf", ""),
    ],
)
def test_polecat_names_years_months_and_weeks(name: str, about: str) -> None:
    assert span("polecat", name) == about


@pytest.mark.parametrize(
    ("source", "name", "wanted"),
    [
        ("un_votes", "UNVotes.csv", True),
        ("un_votes", "IdealpointestimatesAll_Jun2024.csv", False),
        ("ideal_points", "IdealpointestimatesAll_Jun2024.csv", True),
        ("ideal_points", "AgreementScoresAll_Jun2024.csv", False),
        ("ucdp_ged", "ged261-csv.zip", True),
        ("ucdp_ged", "ged261.pdf", False),
    ],
)
def test_whole_data_sets_are_told_by_their_names(source: str, name: str, wanted: bool) -> None:
    assert span(source, name) == ("None" if wanted else "")


def test_gdelt_1_is_fetched_from_its_two_lists(tmp_path: Path) -> None:
    names = ["201302.zip", "201303.zip", "20130401.export.CSV.zip", "20130402.export.CSV.zip"]
    bodies = {f"events/{name}": zipped(name.encode()) for name in names}
    replica = Replica(dict(bodies))
    for path, cells in (("md5sums", "{md5}  {name}"), ("filesizes", "{size} {name}")):
        lines = [
            cells.format(md5=md5(body), size=len(body), name=file.split("/")[1])
            for file, body in bodies.items()
        ]
        replica.files[f"events/{path}"] = "".join(f"{line}\n" for line in lines).encode()
    fetched = run(tmp_path, replica, of("gdelt"), "2013-03", "2013-04-02")
    assert fetched.states() == dict.fromkeys(names[1:], "got")
    assert fetched.plan.n_bytes == sum(len(bodies[f"events/{name}"]) for name in names[1:])
    assert fetched.plan.unlisted == ()


def test_icews_is_fetched_from_its_two_data_sets(tmp_path: Path) -> None:
    publication, replica = of("icews"), Replica()
    yearly, weekly = (each.path for each in publication.lists)
    year, week = "events.2020.20220623.tab.zip", "20210103-icews-events.zip"
    data_set(replica, yearly, **{year: zipped(b"year"), "README.pdf": b"%PDF"})
    data_set(replica, weekly, **{week: zipped(b"week")})
    fetched = run(tmp_path, replica, publication, "2020", "2020")
    assert fetched.states() == {year: "got", week: "got"}
    assert fetched.plan.listing.n_other == 1


def test_un_votes_are_fetched_whole_whatever_years_are_asked_for(tmp_path: Path) -> None:
    publication, replica = of("un_votes"), Replica()
    body = b"rcid,ccode,session,vote\n3,2,1,1\n"
    data_set(replica, publication.lists[0].path, **{"UNVotes.csv": body})
    fetched = run(tmp_path, replica, publication, "2012", "2017")
    assert fetched.states() == {"UNVotes.csv": "got"}
    assert fetched.plan.unlisted == ()


def test_a_polecat_year_may_hold_its_twelve_months(tmp_path: Path) -> None:
    publication, replica = of("polecat"), Replica()
    months = archive(*((f"{month:02}.txt", b"Event ID") for month in range(1, 13)))
    data_set(replica, publication.lists[0].path, **{"ngecEventsDV-2022.txt.zip": months})
    fetched = run(tmp_path, replica, publication, "2022", "2022")
    assert fetched.states() == {"ngecEventsDV-2022.txt.zip": "got"}


def test_a_dataverse_login_page_is_no_table(tmp_path: Path) -> None:
    publication, replica = of("un_votes"), Replica()
    data_set(replica, publication.lists[0].path, **{"UNVotes.csv": b"<html>Log in</html>"})
    fetched = run(tmp_path, replica, publication, "2012")
    assert fetched.states() == {"UNVotes.csv": "unreachable"}


def test_ucdp_without_hashes_is_not_taken_over_http(tmp_path: Path) -> None:
    replica = Replica({"downloads/ged/ged261-csv.zip": zipped()})
    fetched = run(tmp_path, replica, of("ucdp_ged"), "2012")
    assert fetched.states() == {"ged261-csv.zip": "unreachable"}
