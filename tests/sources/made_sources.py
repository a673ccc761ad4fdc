"""Small files of every source in its provider's layouts; every row in them is invented."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from io import StringIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cuibono.sources.base import Layout, provider_layouts, read_card

Row = Mapping[str, object]
Rows = Sequence[Row] | Mapping[str, Sequence[Row]]

SEPARATED_BY_COMMAS = ("designations", "own_events", "own_measures", "sipri")


def layout_of(source: str, name: str) -> Layout:
    (found,) = (x for x in provider_layouts(read_card(source)) if x.name == name)
    return found


def write_file(folder: Path, source: str, name: str, rows: Rows) -> Path:
    """Write rows in a layout; a column that a row leaves out is empty."""
    layout = layout_of(source, name)
    tables = rows if isinstance(rows, Mapping) else {read_card(source).table: rows}
    folder.mkdir(parents=True, exist_ok=True)
    for table, cells in tables.items():
        path = folder / layout.files[table].replace("*", f"made_{table}")
        columns = layout.columns[table]
        if layout.format == "parquet":
            pq.write_table(
                pa.table({c: pa.array([cell.get(c) for cell in cells]) for c in columns}), path
            )
        else:
            path.write_text(_text(layout, columns, cells, source), "utf-8")
    return folder if len(tables) > 1 else path


def _text(layout: Layout, columns: Sequence[str], cells: Sequence[Row], source: str) -> str:
    """Quote fields only where commas part them: in tab files a quote is a character."""
    rows = [[str(cell.get(c, "")) for c in columns] for cell in cells]
    lines = rows if layout.format == "fields" else [list(columns), *rows]
    if layout.format != "csv" and source not in SEPARATED_BY_COMMAS:
        return "".join("\t".join(line) + "\n" for line in lines)
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()


DAY = date(2015, 3, 2)
ICEWS = {
    "Event ID": "1",
    "Event Date": "2015-03-02",
    "Source Name": "Vladimir Putin",
    "Source Country": "Russian Federation",
    "CAMEO Code": "040",
    "Intensity": "1",
    "Target Name": "Nawaz Sharif",
    "Target Country": "Pakistan",
}
DECODED = {
    "date": DAY,
    "source": "Vladimir Putin",
    "target": "Nawaz Sharif",
    "cameo": "040",
    "goldstein": 1.0,
    "source_iso3": "RUS",
    "target_iso3": "PAK",
}
GED = {
    "id": 1.0,
    "date_start": DAY,
    "date_end": DAY,
    "side_a_new_id": 118.0,
    "side_a": "Government of Syria",
    "side_b_new_id": 234.0,
    "side_b": "IS",
    "source_headline": "Clashes",
    "best": 4.0,
    "low": 3.0,
    "high": 7.0,
}
IDEAL = {
    "issue": "All",
    "ccode": 365,
    "year": 2010,
    "NVotes": 60,
    "IdealPoint": -0.5,
    "Q5": -0.7,
    "Q95": -0.3,
    "Countryname": "Russia",
}
CLAIM = {
    "source": "b-1",
    "period_from": "2015-09-30",
    "period_to": "2015-10-06",
    "category": "videos published",
    "n": "14",
}
GDELT = {
    "GLOBALEVENTID": "410412347",
    "SQLDATE": "20150302",
    "Actor1Code": "RUSGOV",
    "Actor1Name": "MOSCOW",
    "Actor1CountryCode": "RUS",
    "Actor2Code": "PAK",
    "Actor2Name": "PAKISTAN",
    "Actor2CountryCode": "PAK",
    "IsRootEvent": "1",
    "EventCode": "042",
    "EventBaseCode": "042",
    "EventRootCode": "04",
    "QuadClass": "1",
    "GoldsteinScale": "1.9",
    "DATEADDED": "20150302",
}
MENTION = {
    "GLOBALEVENTID": "410412347",
    "EventTimeDate": "20150302231500",
    "MentionTimeDate": "20150302231500",
    "MentionType": "1",
    "MentionSourceName": "rian.ru",
    "MentionIdentifier": "https://rian.ru/made-1.html",
    "SentenceID": "1",
    "Confidence": "60",
}
KEDS = {
    "event_id": "k-1",
    "stream": "casia.weis",
    "date": DAY,
    "source": "RUS",
    "target": "AFGTAL",
    "code": "031",
    "scheme": "weis",
    "goldstein": 1.0,
}
KEDS_LINE = {
    "day": "950302",
    "source": "RUS",
    "target": "PAK",
    "code": "031",
    "label": "(MEET)",
    "verb": "MEET",
}
DEAL = {
    "Recipient": "Pakistan",
    "Supplier": "Russia",
    "Year of order": "2014",
    "Number ordered": "4",
    "Weapon designation": "X-1",
    "Weapon description": "helicopter, armed",
    "Number delivered": "4",
    "Year(s) of delivery": "2016; 2017",
    "status": "New",
    "Comments": 'Of "X" family',
    "SIPRI TIV per unit": "7.5",
    "SIPRI TIV for total order": "30",
    "SIPRI TIV of delivered weapons": "30",
}
DEAL_ROW = {
    "row_id": "1",
    "recipient": "Pakistan",
    "supplier": "Russia",
    "order_year": 2014,
    "n_ordered": 4.0,
    "weapon": "X-1",
    "n_delivered": 4.0,
    "delivery_years": "2016; 2017",
    "comments": "Of X family",
    "tiv_order": 30.0,
    "tiv_delivered": 30.0,
}
TIV = {"supplier": "Russia", "recipient": "Pakistan", "year": 2016, "value": 15}
PACT = {
    "ccode1": 365.0,
    "ccode2": 770.0,
    "year": 1968.0,
    "atop_defense": 0.0,
    "atop_offense": 0.0,
    "atop_neutral": 0.0,
    "atop_nonagg": 1.0,
    "atop_consul": 0.0,
}
COW_DISPUTE = {
    "dispnum": 1.0,
    "ccode1": 365.0,
    "ccode2": 770.0,
    "year": 1960.0,
    "disponset": 1.0,
    "hostlev1": 2.0,
}
GML_DISPUTE = {**COW_DISPUTE, "midonset": 1.0}
CONFLICT = {
    "conflict_id": 333.0,
    "year": 1985.0,
    "gwno_a": 700.0,
    "gwno_a_2nd": 365.0,
    "gwno_b": None,
    "gwno_b_2nd": None,
    "intensity_level": 2.0,
    "type_of_conflict": "II",
}
HANDBOOK = {
    "rivalryno": 1.0,
    "rivalryname": "India-Pakistan",
    "ccode1": 750.0,
    "ccode2": 770.0,
    "styear": 1947.0,
    "endyear": 2010.0,
}
STRATEGIC = {
    "tssr_id": 1,
    "rivalry": "India-Pakistan",
    "ccode1": 750.0,
    "ccode2": 770.0,
    "start": 1947.0,
    "end": 2020.0,
}
LISTING = {
    "celex": "32002R0881",
    "programKey": "EU-TAQA-EUAQ",
    "annex": "I",
    "measure": "Asset freeze",
    "startDate": "6.10.2001",
    "schema": "LegalEntity",
    "name": "Hamas",
    "address": 'Street 1, "Old" town',
}
DYAD_YEAR = {
    "i": "Russia",
    "j": "Pakistan",
    "year": 2012,
    "verbCoop": 7,
    "matlCoop": 0,
    "verbConf": 1,
    "matlConf": 2,
    "i_iso3c": "RUS",
    "j_iso3c": "PAK",
}
PLOVER = {
    "Event ID": "20210102-1-a",
    "Event Date": "2021-01-02",
    "Event Type": "CONSULT",
    "Event Mode": "visit",
    "Intensity": "4.0",
    "Event Intensity": "4.0",
    "Quad Code": "VERBAL COOPERATION",
    "Actor Name": "Sergey Lavrov",
    "Actor COW": "365",
    "Recipient Name": "Imran Khan",
    "Recipient COW": "770",
}
OWN = {
    "key": "k-1",
    "start": "2015-01-01",
    "end": "2016-01-01",
    "actor": "RUS",
    "actor_system": "iso3",
    "recipient": "Pakistan",
    "recipient_system": "name",
}
OWN_EVENT = OWN | {"code": "042", "code_system": "cameo"}
OWN_MEASURE = OWN | {"measure": "exports", "value": "12.5", "unit": "US dollars"}


def _vote(call: int, member: str, vote: str) -> Row:
    return {"rcid": float(call), "country": member, "country_code": "XX", "vote": vote}


SAMPLES: dict[str, dict[str, Rows]] = {
    "alliances": {"dyad_years": [PACT, {**PACT, "year": 1969.0}, {**PACT, "ccode2": 999.0}]},
    "conflicts": {
        "conflict_years": [
            CONFLICT,
            {**CONFLICT, "conflict_id": 2.0, "gwno_b": 770.0, "type_of_conflict": "interstate"},
            {**CONFLICT, "conflict_id": 3.0, "intensity_level": 9.0},
        ]
    },
    "declared_vs_done": {
        "native": [CLAIM, {**CLAIM, "category": "geolocated"}, {**CLAIM, "n": "a dozen"}]
    },
    "designations": {
        "annex": [
            LISTING,
            {**LISTING, "name": "Somebody", "schema": "Person", "startDate": "21 Oct. 2013"},
            {**LISTING, "startDate": ""},
        ]
    },
    "disputes": {
        "cow": [COW_DISPUTE, {**COW_DISPUTE, "year": 1961.0, "disponset": 0.0},
                {**COW_DISPUTE, "hostlev1": 9.0}],
        "gml": [GML_DISPUTE, {**GML_DISPUTE, "year": 1961.0, "midonset": 0.0},
                {**GML_DISPUTE, "ccode1": 999.0}],
    },
    "gdelt": {
        name: [
            GDELT | {"DATEADDED": added},
            GDELT | {"GLOBALEVENTID": "2", "Actor2KnownGroupCode": "TAL", "DATEADDED": added},
            GDELT | {"GLOBALEVENTID": "3", "QuadClass": "4", "DATEADDED": added},
        ]
        for name, added in [
            ("history", "20150302"),
            ("daily", "20150302"),
            ("quarter_hour", "20150302231500"),
        ]
    },
    "icews": {
        "native": [
            ICEWS,
            {**ICEWS, "Event ID": "2", "Target Name": "Taliban"},
            {**ICEWS, "Event ID": "3", "CAMEO Code": "13y"},
        ],
        "decoded": [DECODED, {**DECODED, "target": "Taliban"}, {**DECODED, "cameo": "13y"}],
    },
    "ideal_points": {
        "native": [IDEAL, {**IDEAL, "ccode": 770, "Countryname": "Pakistan"},
                   {**IDEAL, "ccode": 999, "Countryname": "Ruritania"}]
    },
    "keds": {
        "streams": [
            KEDS,
            {**KEDS, "event_id": "k-2", "scheme": "cameo", "code": "0312"},
            {**KEDS, "event_id": "k-3", "scheme": "cameo", "code": "145]"},
        ],
        "text": [KEDS_LINE, KEDS_LINE, {**KEDS_LINE, "code": "777"}],
    },
    "netify_icews": {
        "dyad_years": [DYAD_YEAR, {**DYAD_YEAR, "year": 2013}, {**DYAD_YEAR, "j_iso3c": "QQQ"}]
    },
    "own_events": {
        "laid_out": [
            OWN_EVENT,
            {**OWN_EVENT, "key": "k-2", "code": "CONSULT", "code_system": "plover"},
            {**OWN_EVENT, "code": "13y"},
        ]
    },
    "gdelt_mentions": {
        "quarter_hour": [
            MENTION,
            {**MENTION, "MentionIdentifier": "https://tass.ru/made-2.html"},
            {**MENTION, "Confidence": "sure"},
        ]
    },
    "own_measures": {
        "laid_out": [OWN_MEASURE, {**OWN_MEASURE, "key": "k-2", "recipient": ""},
                     {**OWN_MEASURE, "actor": "QQQ"}]
    },
    "polecat": {
        name: [
            PLOVER,
            {**PLOVER, "Event ID": "2", "Recipient COW": "770; 750"},
            {**PLOVER, "Event ID": "3", "Quad Code": "VERBAL CONFLICT"},
        ]
        for name in ("weekly", "renamed")
    },
    "rivalries": {
        "handbook": [HANDBOOK, {**HANDBOOK, "rivalryno": 2.0, "ccode1": 700.0},
                     {**HANDBOOK, "ccode2": 324.0}],
        "strategic": [STRATEGIC, {**STRATEGIC, "tssr_id": 2, "ccode1": 700.0},
                      {**STRATEGIC, "end": 1940.0}],
    },
    "sipri": {
        "exported_register": [
            DEAL,
            {**DEAL, "Supplier": "Soviet Union", "Year of order": "1985"},
            {**DEAL, "Recipient": "", "Supplier": "0.25"},
        ],
        "register": [DEAL_ROW, DEAL_ROW, {**DEAL_ROW, "tiv_order": None}],
        "dyad_years": [TIV, {**TIV, "year": 2017}, {**TIV, "value": None, "year": 2018}],
    },
    "ucdp_ged": {
        name: [GED, {**GED, "id": 2.0, "low": 9.0}, {**GED, "id": 3.0, "best": 5.0}]
        for name in ("native", "trimmed")
    },
    "un_votes": {
        "native": {
            "votes": [
                _vote(1, "Russia", "yes"),
                _vote(1, "Pakistan", "yes"),
                _vote(1, "Ruritania", "no"),
                _vote(2, "Russia", "no"),
                _vote(2, "Pakistan", "yes"),
            ],
            "calls": [
                {"rcid": 1, "session": 70.0, "date": "2015-12-01"},
                {"rcid": 2, "session": 70.0, "date": "2015-12-02"},
            ],
            "issues": [{"rcid": 1, "short_name": "me", "issue": "Palestinian conflict"}],
        }
    },
}  # fmt: skip
"""By source and layout: rows of which some are accepted and, mostly, one is refused."""
