"""Declared and struck targets: counts added by hand, worlds whose truth is known."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import binomtest
from tests.lenses.asking import by_id

from cuibono.lenses.declared_done import CLAIMS, LEAST, MEASURE, STRUCK, DeclaredDone
from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.case import Case, Declared
from cuibono.model.finding import Finding
from cuibono.model.period import Period
from cuibono.model.trace import Condition, Trace
from cuibono.record.case_file import read_case
from cuibono.record.record import Record, open_record
from cuibono.store.rows import fetch_rows
from cuibono.store.store import Store
from cuibono.testing.lenses import Trial
from cuibono.testing.records import make_record

ONE, TWO, FOE, OTHER = (Actor(name, name) for name in ("A00", "A01", "non_state:foe", "B"))
CASE = Case(
    name="made",
    title="Made",
    question="Whom did it strike?",
    relation=DirectedDyad(ONE, TWO),
    period=Period(date(2015, 1, 1), date(2020, 1, 1)),
    explanations=(),
    documents=(),
    evidence=(),
    declared=Declared(target=FOE, document="doc", locator="page 1"),
)
DAYS = (Condition("start", ">=", "2015-01-01"), Condition("start", "<", "2020-01-01"))
WORLD = Trace("measures", STRUCK, (Condition("measure", "=", MEASURE), *DAYS), 0)


def made(months: np.ndarray, actor: str = "A00", case: Case = CASE) -> Record:
    return made_of({actor: months}, case)


def made_of(attackers: Mapping[str, np.ndarray], case: Case = CASE) -> Record:
    """Lay out strikes by month on the declared target and on another."""
    rows = [
        {
            "row": f"{actor}.{t}.{at}",
            "actor": actor,
            "recipient": opponent.id,
            "recipient_name": opponent.name,
            "start": date(2015 + t // 12, 1 + t % 12, 1),
            "value": 2.0 * n,
            "low": 1.0 * n,
            "high": 3.0 * n,
            "n": int(n),
        }
        for actor, months in attackers.items()
        for t, month in enumerate(months)
        for at, (opponent, n) in enumerate(zip((FOE, OTHER), month, strict=True))
        if n
    ]
    record = make_record(case, {}, {WORLD: pa.Table.from_pylist(rows)})
    return replace(record, sources=lambda table: (STRUCK,))


def simulate(seed: int, share: float, n: int = 24) -> np.ndarray:
    """Strike the declared target with a share, most of a month's strikes together."""
    rng = np.random.default_rng(seed)
    monthly = rng.beta(6 * share, 6 * (1 - share), n)
    return np.array([rng.multinomial(6, [p, 1 - p]) for p in monthly])


def among(seed: int, share: float) -> Record:
    """Let the actor strike the declared target with a share, and others as it happens."""
    shares = np.random.default_rng(seed).uniform(0.3, 0.7, 24)
    others = {f"K{n:02d}": simulate(100 * seed + n, s) for n, s in enumerate(shares)}
    return made_of({"A00": simulate(seed, share), **others})


TRIAL = Trial(
    null=lambda seed: among(seed + 30, 0.5),
    planted=lambda seed, sign: among(seed, 0.95),
    needs=(),
    nulls=6,
    plants=3,
    about_sign=False,
)


def look(record: Record) -> Finding:
    (finding,) = DeclaredDone().look(record)
    return finding


@pytest.fixture(scope="module")
def shipped(pack_store: Store) -> dict[str, Finding]:
    path = Path(__file__).parents[2] / "cases" / "russia-pakistan.toml"
    found = DeclaredDone().look(open_record(read_case(path), pack_store))
    return {finding.source: finding for finding in found}


def test_claims_are_shares_of_their_own_batch(shipped: dict[str, Finding]) -> None:
    values = [one.estimate.value for one in shipped[CLAIMS].measured if one.estimate]
    batches = [3, 2, 1, 5, 1, 12, 14], [14, 1, 60]
    expected = [n / max(batch) if n < max(batch) else n for batch in batches for n in batch]
    assert values == pytest.approx(expected)


def test_a_batch_itself_is_a_count_without_doubt(shipped: dict[str, Finding]) -> None:
    whole = [one for one in shipped[CLAIMS].measured if one.verdict == "claim_total"]
    assert [str(one.estimate) for one in whole] == ["14 [14, 14] videos", "60 [60, 60] videos"]
    assert {one.label.partition(":")[0] for one in whole} == {
        "Bellingcat, 2015-10-06",
        "Bellingcat, 2015-10-26",
    }


def test_every_claim_leads_to_its_own_row(
    shipped: dict[str, Finding], pack_store: Store
) -> None:
    for one in shipped[CLAIMS].measured:
        (trace,) = one.traces
        assert fetch_rows(pack_store, trace).num_rows == 1


def test_deaths_by_opponent_add_up_to_all_months(
    shipped: dict[str, Finding], pack_store: Store
) -> None:
    where = (Condition("actor", "=", "RUS"), Condition("measure", "=", MEASURE))
    rows = fetch_rows(pack_store, Trace("measures", STRUCK, where, 0)).to_pylist()
    months: Counter[str] = Counter()
    for row in rows:
        months[row["recipient_name"]] += row["value"]
    deaths = [one for one in shipped[STRUCK].measured if one.id.startswith("deaths.")]
    shown = {
        one.label.removeprefix("deaths in strikes on "): one.estimate.value
        for one in deaths
        if one.estimate
    }
    assert shown == dict(months)


def test_the_shipped_record_speaks_against_the_declaration(
    shipped: dict[str, Finding],
) -> None:
    apart = by_id(shipped[STRUCK])["apart"]
    assert apart.verdict == "not_stated"
    assert apart.estimate is not None
    assert apart.estimate.low > 0.5


def test_a_declaration_that_is_kept_is_borne_out() -> None:
    told = by_id(look(made(simulate(1, 0.95))))
    assert told["apart"].verdict == "as_stated"
    assert told["share.non_state_foe"].verdict == "declared_share"


def test_a_declaration_that_is_not_kept_is_spoken_against() -> None:
    assert by_id(look(made(simulate(1, 0.1))))["apart"].verdict == "not_stated"


def test_mirrored_strikes_mirror_the_shares() -> None:
    months = simulate(2, 0.8)
    plain, mirrored = (by_id(look(made(m))) for m in (months, months[:, ::-1]))
    assert plain["share.B"].estimate is not None
    assert mirrored["share.non_state_foe"].estimate is not None
    assert plain["share.B"].estimate.value == pytest.approx(
        mirrored["share.non_state_foe"].estimate.value, abs=0.02
    )


def test_kept_declarations_are_denied_as_rarely_as_claimed() -> None:
    """Three to one against a declaration that holds comes less than once in four."""
    denied = sum(
        by_id(look(made(simulate(seed, 0.9, 12))))["apart"].verdict == "not_stated"
        for seed in range(12)
    )
    assert binomtest(denied, 12, 0.25, alternative="greater").pvalue > 0.01


def test_names_change_nothing_but_names() -> None:
    months = simulate(3, 0.5)
    case = replace(CASE, relation=DirectedDyad(Actor("Z9", "Z9"), TWO))
    plain, renamed = look(made(months)), look(made(months, "Z9", case))
    assert [m.estimate for m in plain.measured] == [m.estimate for m in renamed.measured]


def test_the_most_struck_opponent_is_shown_first() -> None:
    for share, first in ((0.95, "share.non_state_foe"), (0.05, "share.B")):
        shares = [name for name in by_id(look(made(simulate(1, share)))) if "share." in name]
        assert shares[0] == first


def test_without_a_declaration_there_are_shares_and_no_test() -> None:
    case = replace(CASE, declared=None)
    finding = look(made(simulate(1, 0.5), case=case))
    assert "apart" not in by_id(finding)
    assert by_id(finding)["share.B"].verdict == "other_share"


def test_too_few_strikes_cannot_be_told() -> None:
    (silence,) = look(made(np.array([[LEAST - 1, 0]]))).measured
    assert (silence.verdict, silence.estimate) == ("few", None)


def test_an_actor_without_strikes_or_checked_claims_is_not_looked_at() -> None:
    assert DeclaredDone().look(made(simulate(1, 0.5), "somebody-else")) == ()
    assert DeclaredDone().look(make_record(CASE, {})) == ()
