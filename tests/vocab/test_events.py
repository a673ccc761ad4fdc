"""The event codes: complete, consistent, and the same as in the providers' own files."""

import csv
import importlib.util
import tomllib
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.errors import DriftError
from cuibono.vocab.events import (
    INSTRUMENTS,
    QUADS,
    cameo,
    cameo_codes,
    contexts,
    event_modes,
    event_types,
    weis_goldstein,
)

ROOT = Path(__file__).parents[2]
RAW = ROOT.parent / "shared" / "data"
TABLES = files("cuibono.vocab").joinpath("data/events")
needs_raw = pytest.mark.skipif(not RAW.is_dir(), reason="the raw data folder is not here")


def cells(name: str, column: str) -> list[str]:
    text = TABLES.joinpath(name).read_text("utf-8")
    return [row[column] for row in csv.DictReader(text.splitlines())]


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    path = ROOT / "tools" / "build_event_codes.py"
    spec = importlib.util.spec_from_file_location("build_event_codes", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# PLOVER


def test_quads_group_the_sixteen_types_as_decided() -> None:
    grouped = {q: {t.name for t in event_types().values() if t.quad == q} for q in QUADS}
    assert grouped == {
        "verbal_cooperation": {"AGREE", "CONSULT", "SUPPORT"},
        "material_cooperation": {"COOPERATE", "AID", "CONCEDE", "RETREAT"},
        "verbal_conflict": {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
        "material_conflict": {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
    }


def test_every_instrument_is_used_and_every_used_one_is_known() -> None:
    assert {each.instrument for each in event_types().values()} == set(INSTRUMENTS)


def test_no_instrument_serves_both_cooperation_and_conflict() -> None:
    sides = {(t.instrument, t.quad.split("_")[1]) for t in event_types().values()}
    assert len(sides) == len(INSTRUMENTS)


def test_scores_have_the_sign_of_their_quad_save_the_flagged_accuse() -> None:
    wrong = {
        each.name
        for each in event_types().values()
        if (each.score_tenths > 0) != each.quad.endswith("cooperation") and each.score_tenths
    }
    assert wrong == {"ACCUSE"}


def test_accuse_keeps_its_printed_score() -> None:
    assert event_types()["ACCUSE"].score_tenths == 30
    assert event_modes()["ACCUSE", "disapprove"].score_tenths == -20


def test_every_mode_belongs_to_a_known_type() -> None:
    assert {event_type for event_type, _ in event_modes()} <= set(event_types())


def test_scored_modes_stay_on_the_scale() -> None:
    scores = [each.score_tenths for each in event_modes().values()]
    assert all(score is None or -100 <= score <= 100 for score in scores)


def test_a_mode_without_a_printed_score_has_none() -> None:
    assert event_modes()["ASSAULT", "massacre"].score_tenths is None


# CAMEO


def test_leading_zero_tells_two_acts_apart() -> None:
    assert (cameo("010").root, cameo("10").root) == ("01", "10")


@pytest.mark.parametrize(
    ("code", "event_type", "mode", "context", "goldstein_tenths"),
    [
        ("042", "CONSULT", "visit", "", 19),
        ("057", "SUPPORT", "", "diplomatic", 80),
        ("0874", "RETREAT", "disarm", "military", 100),
        ("091", "ACCUSE", "investigate", "crime;corruption", -20),
        ("163", "COERCE", "restrict", "diplomatic", -80),
        ("195", "ASSAULT", "heavy-weapons", "military", -100),
    ],
)
def test_code_becomes_what_the_crosswalk_says(
    code: str, event_type: str, mode: str, context: str, goldstein_tenths: int
) -> None:
    found = cameo(code)
    assert (found.event_type, found.mode, found.context) == (event_type, mode, context)
    assert found.goldstein_tenths == goldstein_tenths


def test_statements_and_appeals_have_no_type_and_no_quad() -> None:
    untyped = [code for code in cameo_codes().values() if code.root in ("01", "02")]
    assert {(code.event_type, code.quad) for code in untyped} == {(None, None)}


def test_statements_keep_the_quad_icews_gave_them() -> None:
    assert cameo("010").native_quad == "verbal_cooperation"


def test_every_other_root_has_a_type_for_each_code() -> None:
    assert all(c.event_type for c in cameo_codes().values() if c.root not in ("01", "02"))


def test_our_quad_is_the_one_icews_gives_wherever_there_is_a_type() -> None:
    differ = [c.code for c in cameo_codes().values() if c.quad and c.quad != c.native_quad]
    assert differ == []


def test_every_mode_and_context_of_the_crosswalk_is_in_the_vocabulary() -> None:
    typed = [code for code in cameo_codes().values() if code.event_type]
    assert {(c.event_type, c.mode) for c in typed if c.mode} <= set(event_modes())
    assert {part for c in typed for part in c.context.split(";") if part} <= set(contexts())


def test_a_bare_root_claims_no_mode() -> None:
    assert {c.mode for c in cameo_codes().values() if len(c.code) == 2} == {""}


def test_goldstein_is_missing_only_where_icews_lists_no_code() -> None:
    missing = [c.code for c in cameo_codes().values() if c.goldstein_tenths is None]
    assert missing == ["1214"]


def test_no_two_codes_share_a_name() -> None:
    names = [code.name for code in cameo_codes().values()]
    assert len(set(names)) == len(names)


def test_names_and_codes_are_two_columns_of_one_list() -> None:
    assert cells("cameo_names.csv", "code") == cells("cameo.csv", "code")


def test_unknown_code_is_refused_with_the_nearest_codes() -> None:
    with pytest.raises(
        DriftError, match=r"events\.tab:8: no CAMEO code '13y'\. Did you mean 13"
    ):
        cameo("13y", "events.tab:8")


def test_a_number_is_refused_because_codes_are_strings() -> None:
    with pytest.raises(DriftError, match="CAMEO codes are strings"):
        cameo(10)  # type: ignore[arg-type]


@given(st.text(max_size=6))
def test_a_text_is_a_code_of_that_spelling_or_refused(text: str) -> None:
    try:
        assert cameo(text).code == text
    except DriftError:
        assert text not in cameo_codes()


def test_the_tables_cannot_be_changed_by_a_caller() -> None:
    with pytest.raises(TypeError, match="item assignment"):
        cameo_codes()["010"] = cameo("02")  # type: ignore[index]


# WEIS


def test_weis_values_span_goldsteins_scale() -> None:
    values = weis_goldstein().values()
    assert (min(values), max(values), len(values)) == (-100, 100, 109)


def test_weis_scores_an_agreement_to_future_action_as_goldstein_does() -> None:
    assert weis_goldstein()["082"] == 30


# Sources


def test_every_table_has_a_citation_and_every_citation_a_table() -> None:
    sources = tomllib.loads(TABLES.joinpath("sources.toml").read_text("utf-8"))
    cited = [
        name for source in sources.values() if source["citation"] for name in source["files"]
    ]
    shipped = [each.name for each in TABLES.iterdir() if each.name.endswith(".csv")]
    assert sorted(cited) == sorted(shipped)


@needs_raw
@pytest.mark.parametrize("name", ["cameo.csv", "weis.csv"])
def test_tables_are_rebuilt_byte_for_byte(
    name: str, builder: ModuleType, tmp_path: Path
) -> None:
    builder.build(RAW, tmp_path)
    assert (tmp_path / name).read_bytes() == TABLES.joinpath(name).read_bytes()


@needs_raw
def test_every_code_icews_uses_is_known_with_its_value_and_quad() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    used: set[tuple[str, int, str]] = set()
    for path in sorted((RAW / "icews").glob("icews_*.parquet")):
        seen = parquet.read_table(path, columns=["cameo", "goldstein", "quad"])
        for row in seen.group_by(["cameo", "goldstein", "quad"]).aggregate([]).to_pylist():
            used.add((row["cameo"], round(row["goldstein"] * 10), QUADS[row["quad"] - 1]))
    known = {(c.code, c.goldstein_tenths, c.native_quad) for c in cameo_codes().values()}
    assert used
    assert used <= known


@needs_raw
def test_every_code_of_the_native_layout_is_known_with_its_value() -> None:
    path = RAW / "icews_native" / "events.2018.sample.tab"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    used = {(row["CAMEO Code"], round(float(row["Intensity"]) * 10)) for row in rows}
    assert used
    assert used <= {(c.code, c.goldstein_tenths) for c in cameo_codes().values()}


@needs_raw
def test_keds_and_icews_differ_only_where_a_correction_says_so() -> None:
    from cuibono.vocab.corrections import load_corrections

    text = TABLES.joinpath("cameo.csv").read_text("utf-8")
    differ = {
        row["code"]
        for row in csv.DictReader(text.splitlines())
        if row["keds_goldstein_tenths"]
        and row["keds_goldstein_tenths"] != row["goldstein_tenths"]
    }
    flagged = {c.key for c in load_corrections("keds") if c.table == "cameo_scale"}
    assert differ == flagged


@needs_raw
def test_gdelt_counts_investigations_and_threats_in_other_quads_than_we_do() -> None:
    path = RAW / "gdelt_native" / "geomesa" / "20180101000000.export.CSV"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    differ = {row[28] for row in rows if QUADS[int(row[29]) - 1] != cameo(row[26]).native_quad}
    assert differ == {"09", "14"}
