"""Build the generated actor tables from the raw files: `python tools/build_actors.py`.

Writes `states.csv`, `codes.csv`, `names.csv` and `leaders.csv` beside the tables that are
kept by hand (`kept_*.csv`, `groups.csv`, `officials.csv`, ...). A value that stands in a
kept table is never generated a second time. Spans are half-open, as everywhere: the last
day that a list prints becomes the day after it, and the day on which a list stops because
it was released (2016-12-31, 2017-12-31) becomes no end at all.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

import pyarrow.parquet as pq

HERE = Path(__file__).resolve().parent.parent
RAW = HERE.parent / "shared" / "data"
OUT = HERE / "src" / "cuibono" / "vocab" / "data" / "actors"

COW = "COW State System Membership v2016 (peacesciencer cow_states)"
GW = "Gleditsch-Ward states (peacesciencer gw_states)"
CROSSWALK = "country-codes.csv (datasets/country-codes, PDDL)"
VOETEN = "Voeten ideal points (unvotes, MIT)"
ROLLCALLS = "Voeten UN roll calls (unvotes, MIT)"
ICEWS = "weekly ICEWS 2021-22 (doi:10.7910/DVN/QI2T9A, CC0)"
CAPITALS = "peacesciencer {}_capitals"
PHOENIX = "Phoenix.Countries actors (OEDA, MIT)"
REIGN = "REIGN leader list 3/2021 (MIT)"
GDELT = f"{PHOENIX}; the GDELT codebook defines its actor country codes as CAMEO's"

# States whose number on a list does not lead to a living state, and those whose number
# does although the crosswalk of living states does not print it.
OWN_GW = {255, 265, 315, 345, 511, 680, 711, 817}
LIVING = {260: "DEU", 340: "SRB", 347: "XKX", 678: "YEM", 713: "TWN"}

Row = dict[str, str]


def read_rows(name: str, *columns: str) -> list[dict[str, object]]:
    """Read a Parquet file below the raw folder; the distinct rows of `columns` if given."""
    table = pq.read_table(RAW / f"{name}.parquet", columns=list(columns) or None)
    if columns:
        table = table.group_by(list(columns)).aggregate([])
    rows: list[dict[str, object]] = table.to_pylist()
    return rows


def read_csv(path: Path, encoding: str = "utf-8") -> list[Row]:
    """Read a CSV file as a list of rows."""
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def write_csv(name: str, columns: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Write one generated table, sorted, so that every build gives the same bytes."""
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns.split())
        writer.writerows(sorted(set(rows)))


def after(last: date, edge: int) -> str:
    """Turn a printed last day into the end of a half-open span."""
    return "" if last >= date(edge, 12, 31) else str(last + timedelta(days=1))


def cow_spans() -> Iterator[tuple[int, str, str, str, str]]:
    """Give number, abbreviation, name, start and end of each COW spell alive since 1945."""
    for row in read_rows("peacesciencer/cow_states"):
        first, last = (
            date(
                *(
                    int(str(row[f"{which}{part}"]).split(".")[0])
                    for part in ("year", "month", "day")
                )
            )
            for which in ("st", "end")
        )
        if last.year >= 1945:
            code = int(float(str(row["ccode"])))
            yield (
                code,
                str(row["stateabb"]),
                str(row["statenme"]),
                str(first),
                after(last, 2016),
            )


def gw_spans() -> Iterator[tuple[int, str, str, str, str]]:
    """Give number, abbreviation, name, start and end of each GW spell alive since 1945."""
    for row in read_rows("peacesciencer/gw_states"):
        last = date.fromisoformat(str(row["enddate"])[:10])
        if last.year >= 1945:
            code = int(float(str(row["gwcode"])))
            start = str(row["startdate"])[:10]
            yield code, str(row["stateabb"]), str(row["statename"]), start, after(last, 2017)


def living_ids() -> dict[int, str]:
    """Pair COW numbers with the ISO3 of a living state, as the UN data print them."""
    rows = read_rows("ideal_points/ideal_points", "year", "ccode", "iso3c")
    last = max(int(str(row["year"])) for row in rows)
    pairs = {int(str(r["ccode"])): str(r["iso3c"]) for r in rows if r["year"] == last}
    return {**pairs, **LIVING}


def state_id(number: int, living: dict[int, str]) -> str:
    """Give our id of a COW or GW number."""
    return f"GW:{number}" if number in OWN_GW else living[number]


def build_codes(kept: set[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """Generate the code rows that no kept row overrules: actor, system, code, start, end."""
    sources = (list_codes(), crosswalk_codes(), cameo_codes(), icews_codes(), un_names())
    for row in chain.from_iterable(sources):
        if (row[1], row[2]) not in kept:
            yield row


def list_codes() -> Iterator[tuple[str, ...]]:
    """Generate the numbers and letters of the two lists of states."""
    living = living_ids()
    for system, spans, source in (("cow", cow_spans(), COW), ("gw", gw_spans(), GW)):
        for number, short, _, start, end in spans:
            actor = state_id(number, living)
            yield actor, system, str(number), start, end, source
            if system == "cow":
                yield actor, "cow_letters", short, start, end, source


def crosswalk_codes() -> Iterator[tuple[str, ...]]:
    """Generate ISO and FIPS codes of every living state and territory."""
    for row in read_csv(RAW / "actors" / "country-codes.csv"):
        iso3 = row["ISO3166-1-Alpha-3"]
        yield iso3, "iso3", iso3, "", "", CROSSWALK
        yield iso3, "iso2", row["ISO3166-1-Alpha-2"], "", "", CROSSWALK
        if re.fullmatch("[A-Z]{2}", row["FIPS"]):
            yield iso3, "fips", row["FIPS"], "", "", CROSSWALK


def cameo_codes() -> Iterator[tuple[str, ...]]:
    """Generate the CAMEO country codes of Phoenix that are an ISO3; GDELT writes the same."""
    known = {row["ISO3166-1-Alpha-3"] for row in read_csv(RAW / "actors" / "country-codes.csv")}
    text = (RAW / "actors" / "Phoenix.Countries.actors.txt").read_text(encoding="latin-1")
    for code in set(re.findall(r"\[([A-Z]{3})(?: [<>\d][^\]]*)?\]", text)) & known:
        yield code, "cameo", code, "", "", PHOENIX
        yield code, "gdelt", code, "", "", GDELT


def icews_codes() -> Iterator[tuple[str, ...]]:
    """Generate the country names that ICEWS writes, bare or behind a role."""
    for year in (2021, 2022):
        for side in ("source", "target"):
            columns = (side, f"{side}_iso3", f"{side}_how")
            for name, iso3, how in (
                row.values() for row in read_rows(f"icews/icews_{year}", *columns)
            ):
                behind = re.search(r"\(([^()]*)\)$", str(name))
                if how == "country":
                    yield str(iso3), "icews", str(name), "", "", ICEWS
                elif how == "suffix" and behind:
                    yield str(iso3), "icews", behind[1], "", "", ICEWS


def un_names() -> Iterator[tuple[str, ...]]:
    """Generate the names under which states vote in the roll calls."""
    by_iso2 = {
        row["ISO3166-1-Alpha-2"]: row["ISO3166-1-Alpha-3"]
        for row in read_csv(RAW / "actors" / "country-codes.csv")
    }
    for row in read_rows("un_votes/un_votes", "country", "country_code"):
        if str(row["country_code"]) in by_iso2:
            yield (
                by_iso2[str(row["country_code"])],
                "un",
                str(row["country"]),
                "",
                "",
                ROLLCALLS,
            )


def display_names() -> dict[str, str]:
    """Give the short English name of each ISO3, as the roll calls or else CLDR print it."""
    names = {}
    for row in read_csv(RAW / "actors" / "country-codes.csv"):
        names[row["ISO3166-1-Alpha-3"]] = row["CLDR display name"]
    names |= {actor: name for actor, _, name, *_ in un_names()}
    return {iso3: re.sub(r" \(.*", "", name).replace("’", "'") for iso3, name in names.items()}


def build_states(kept: set[str]) -> Iterator[tuple[str, ...]]:
    """Generate the state rows: id, name, kind, home, start, end, note, source.

    A state starts with the earlier and ends with the later of its spells on the two lists;
    the spells themselves stand in the codes.
    """
    living, spells = living_ids(), {}
    for number, _, name, start, end in (*gw_spans(), *cow_spans()):
        if number not in (255, 345) or number in OWN_GW:
            spells.setdefault(state_id(number, living), []).append((name, start, end))
    names = display_names()
    for iso3 in {*names, *spells} - kept:
        spell = spells.get(iso3, [])
        note = (
            ""
            if spell
            else "not on the COW or Gleditsch-Ward list; coded as an actor by ICEWS or ISO"
        )
        start = min((s for _, s, _ in spell), default="")
        end = (
            "" if any(not e for _, _, e in spell) else max((e for _, _, e in spell), default="")
        )
        source = f"{GW}; {COW}" if spell else CROSSWALK
        yield iso3, names.get(iso3) or spell[0][0], "state", "", start, end, note, source


def build_names(kept: set[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """Generate the name rows: actor, name, role, start, end, source."""
    living = living_ids()
    for spans, source in ((cow_spans(), COW), (gw_spans(), GW)):
        for number, _, name, _, _ in spans:
            if number not in (255, 345):
                yield state_id(number, living), name, "alias", "", "", source
    for row in read_csv(RAW / "actors" / "country-codes.csv"):
        for column in (
            "CLDR display name",
            "UNTERM English Short",
            "UNTERM English Formal",
            "official_name_en",
        ):
            name = re.sub(r"^the |\s*\(the\).*$|\s*\*+$", "", row[column]).strip()
            if name:
                yield row["ISO3166-1-Alpha-3"], name, "alias", "", "", CROSSWALK
    yield from capital_names(living)
    yield from full_names()


def full_names() -> Iterator[tuple[str, ...]]:
    """Generate full names of REIGN's leaders from the ministers that Phoenix dates.

    A full name is taken only if its last word is the whole name in REIGN, its state is the
    same and its time in government starts within 45 days of the term.
    """
    text = (RAW / "actors" / "Phoenix.Countries.actors.txt").read_text(encoding="latin-1")
    dated = re.compile(r"^([A-Z_-]+)_ *(?:#.*)?\n((?:[+\t].*\n)+)", re.MULTILINE)
    starts: dict[tuple[str, str], list[tuple[date, str]]] = {}
    for head, body in dated.findall(text):
        for iso3, day in re.findall(r"\[([A-Z]{3})GOV >?(\d{6,8})", body):
            words = head.replace("_", " ").title().split()
            if len(words) > 1 and (start := phoenix_day(day)):
                key = iso3, plain(words[-1])
                starts.setdefault(key, []).append((start, " ".join(words)))
    for row in read_csv(OUT / "leaders.csv"):
        for start, name in starts.get((row["state"], plain(row["name"])), []):
            if abs((start - date.fromisoformat(row["start"])).days) <= 45:
                yield row["id"], name, "alias", "", "", PHOENIX


def phoenix_day(text: str) -> date | None:
    """Read a day as Phoenix writes it, with or without the century."""
    digits = text if len(text) == 8 else ("19" if text >= "30" else "20") + text
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def capital_names(living: dict[int, str]) -> Iterator[tuple[str, ...]]:
    """Generate the dated capitals since 1945."""
    for system in ("cow", "gw"):
        for row in read_rows(f"peacesciencer/{system}_capitals"):
            number, last = (
                int(float(str(row[f"{'c' if system == 'cow' else 'gw'}code"]))),
                str(row["enddate"]),
            )
            if last < "1945" or number in (255, 345) or number not in OWN_GW | living.keys():
                continue
            end = (
                "" if last >= "2016" else str(date.fromisoformat(last[:10]) + timedelta(days=1))
            )
            actor = state_id(number, living)
            yield (
                actor,
                str(row["capital"]),
                "capital",
                str(row["stdate"])[:10],
                end,
                CAPITALS.format(system),
            )


def build_leaders(kept: set[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """Generate the terms of effective leaders since 1990: id, name, office, state, start, end.

    REIGN prints the month in which a term ended, never the day: the day is the successor's
    first where one starts in that month, else the month counts as served.
    """
    living = living_ids()
    rows = read_csv(RAW / "actors" / "REIGN_leaderlist_3_21.csv", "latin-1")
    recent = [r for r in rows if not r["eyear"].strip() or int(r["eyear"]) >= 1990]
    terms = [
        (split_id(r, term_start(r)) or state_id(int(r["ccode"]), living), r) for r in recent
    ]
    starts = {(actor, term_start(r)) for actor, r in terms}
    for actor, row in terms:
        start, end = term_start(row), term_end(actor, row, starts)
        source = REIGN if end else f"{REIGN}; in office when it stopped"
        slug = "-".join(re.findall("[a-z]+", plain(row["leader"])))
        id_ = f"person:{actor.lower().replace(':', '')}-{slug}"
        if (id_, start) not in kept:
            yield id_, row["leader"].strip(), "effective leader", actor, start, end, source


def plain(text: str) -> str:
    """Fold case and marks away."""
    return unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()


def split_id(row: Row, start: str) -> str:
    """Give who leads under a COW number that changed hands; a term of its month is new."""
    if row["ccode"] == "255" and start >= "1990":
        return "DEU"
    return "SRB" if row["ccode"] == "345" and start >= "2006-06" else ""


def term_start(row: Row) -> str:
    """Give the first day of a REIGN term."""
    return str(date(int(row["syear"]), int(row["smonth"]), int(row["sdate"])))


def term_end(actor: str, row: Row, starts: set[tuple[str, str]]) -> str:
    """Give the first day after a REIGN term, or nothing for a term still running."""
    if not row["eyear"].strip():
        return ""
    year, month = int(row["eyear"]), int(row["emonth"])
    first = f"{year}-{month:02d}"
    after_own = [s for state, s in starts if state == actor and s.startswith(first)]
    following = min((s for s in after_own if s > term_start(row)), default="")
    return following or str(date(year + month // 12, month % 12 + 1, 1))


def main() -> None:
    """Write every generated table."""
    kept_codes = read_csv(OUT / "kept_codes.csv")
    write_csv(
        "codes.csv",
        "actor system code start end source",
        build_codes({(row["system"], row["code"]) for row in kept_codes}),
    )
    kept_states = read_csv(OUT / "kept_states.csv")
    write_csv(
        "states.csv",
        "id name kind home start end note source",
        build_states({row["id"] for row in kept_states}),
    )
    kept_terms = read_csv(OUT / "officials.csv")
    write_csv(
        "leaders.csv",
        "id name office state start end source",
        build_leaders({(row["id"], row["start"]) for row in kept_terms}),
    )
    kept_names = read_csv(OUT / "kept_names.csv")
    write_csv(
        "names.csv",
        "actor name role start end source",
        build_names({(row["actor"], row["name"]) for row in kept_names}),
    )


if __name__ == "__main__":
    main()
