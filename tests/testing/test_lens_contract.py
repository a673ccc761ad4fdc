"""The contract of a lens turns away each kind of unsound lens, and lets a sound one pass."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from tests.checks.made_lens import FOCAL, Warmer, made_case, quiet_world, warmed

from cuibono.errors import NotCoveredError
from cuibono.model.dossier import Chart
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.record.record import Record
from cuibono.testing.lenses import Trial, check_lens
from cuibono.testing.records import make_record
from cuibono.testing.relabel import relabel, rename
from cuibono.testing.worlds import simulate_agreement

KINDS = [
    f"{kind}_{side}" for kind in ("verbal", "material") for side in ("cooperation", "conflict")
]
BUSIEST = [("A00", "A01"), ("A02", "A03"), ("A04", "A05"), ("A06", "A07")]


def record_of(panel: Panel) -> Record:
    return make_record(made_case(), {("simulated", "week"): panel})


TRIAL = Trial(
    null=lambda seed: record_of(quiet_world(seed)),
    planted=lambda seed, sign: record_of(warmed(quiet_world(seed), sign)),
    needs=("material_conflict",),
    nulls=20,
    plants=4,
)


class Sound(Warmer):
    """Refuses what it cannot read, and says what it could have seen."""

    def look(self, record: Record) -> tuple[Finding, ...]:
        for source in record.sources("events"):
            panel = record.events(source, Grid.WEEK)
            if missing := [kind for kind in KINDS if kind not in panel.channels]:
                raise NotCoveredError(f"{source}: the panel has no channel {missing[0]!r}")
        found = Warmer.look(self, record)
        return tuple(replace(f, could_see="a change of one half", said=("x",)) for f in found)


def test_a_sound_lens_passes() -> None:
    assert check_lens(Sound(), TRIAL) == []


def with_measured(change: Callable[[Measured], Measured]) -> type[Sound]:
    class Changed(Sound):
        def look(self, record: Record) -> tuple[Finding, ...]:
            return tuple(
                replace(f, measured=tuple(change(m) for m in f.measured))
                for f in Sound.look(self, record)
            )

    return Changed


def first_place(one: Measured) -> Measured:
    return replace(one, ranks=(Rank(1, 99, "all relations"),))


def last_place(one: Measured) -> Measured:
    return replace(one, ranks=(Rank(99, 99, "all relations"),))


def unsigned(one: Measured) -> Measured:
    assert one.estimate
    value = abs(one.estimate.value)
    return replace(one, estimate=Estimate(value, value, value, "z"))


def unranked(one: Measured) -> Measured:
    return replace(one, ranks=())


def untraced(one: Measured) -> Measured:
    return replace(one, traces=(replace(one.traces[0], where=()),))


def mute(one: Measured) -> Measured:
    return replace(one, estimate=None, said="")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (first_place, "20 of 20 null things stand in the best 5% of the world"),
        (last_place, "a planted effect is claimed in 0 of 4 worlds"),
        (unsigned, "0 of 4 claims turn their sign in the mirrored world"),
        (unranked, "nothing is ranked against the world in a null world"),
        (untraced, "warming traces to whole tables"),
        (mute, "warming cannot be told, and nobody says why"),
    ],
)
def test_an_unsound_number_is_told(change: Callable[[Measured], Measured], said: str) -> None:
    assert f"warmer: {said}" in check_lens(with_measured(change)(), TRIAL)


def test_a_lens_of_magnitudes_need_not_turn() -> None:
    assert check_lens(with_measured(unsigned)(), replace(TRIAL, about_sign=False)) == []


class MindsNames(Sound):
    """Counts the letters of the relation."""

    def look(self, record: Record) -> tuple[Finding, ...]:
        value = float(sum(map(ord, record.case.relation.actor.id)))
        named = Estimate(value, value, value, "z")
        return tuple(
            replace(f, measured=tuple(replace(m, estimate=named) for m in f.measured))
            for f in Sound.look(self, record)
        )


def test_a_lens_that_minds_names_is_told() -> None:
    assert "warmer: other names of the actors give other numbers" in check_lens(
        MindsNames(), TRIAL
    )


class Lenient(Sound):
    """Takes a missing channel for one without events."""

    def look(self, record: Record) -> tuple[Finding, ...]:
        def filled(source: str, grid: Grid) -> Panel:
            panel = record.events(source, grid)
            zeros = {kind: np.zeros_like(panel.channels["all"]) for kind in KINDS}
            return replace(panel, channels=zeros | panel.channels)

        return Sound.look(self, replace(record, events=filled))


class Nameless(Sound):
    """Refuses without saying what is missing."""

    def look(self, record: Record) -> tuple[Finding, ...]:
        try:
            return Sound.look(self, record)
        except NotCoveredError as error:
            raise NotCoveredError("something is missing") from error


class Careless(Sound):
    """Looks before it asks whether there is anything to look at."""

    def look(self, record: Record) -> tuple[Finding, ...]:
        record.events("simulated", Grid.WEEK).channels["material_conflict"]
        return Sound.look(self, record)


@pytest.mark.parametrize(
    ("lens", "said"),
    [
        (Careless(), "does not name it: it ends in a KeyError"),
        (Lenient(), "a panel without 'material_conflict' is not refused"),
        (Nameless(), "does not name it: something is missing"),
    ],
)
def test_a_missing_channel_must_be_refused_by_name(lens: Sound, said: str) -> None:
    assert any(said in line for line in check_lens(lens, TRIAL))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("said", (), "a finding says nothing"),
        ("could_see", "", "does not say what would have been seen"),
        ("specifications", (), "a finding declares no specification"),
        ("lens", "other", "does not carry the lens's name and question"),
        ("charts", (Chart("c", "lines", "t", "c", ("s",)),), "draws what is not there"),
    ],
)
def test_what_a_reader_would_miss_is_told(field: str, value: object, said: str) -> None:
    class Lacking(Sound):
        def look(self, record: Record) -> tuple[Finding, ...]:
            found = Sound.look(self, record)
            return tuple(replace(f, **{field: value}) for f in found)  # type: ignore[arg-type]

    assert any(said in line for line in check_lens(Lacking(), TRIAL))


def test_two_things_of_one_id_are_told() -> None:
    class Double(Sound):
        def look(self, record: Record) -> tuple[Finding, ...]:
            found = Sound.look(self, record)
            return tuple(replace(f, measured=f.measured * 2) for f in found)

    assert "warmer: two measured things have one id" in check_lens(Double(), TRIAL)


@pytest.mark.parametrize("relation", BUSIEST)
def test_a_renamed_world_is_the_same_world(relation: tuple[str, str]) -> None:
    panel = quiet_world()
    record = relabel(record_of(panel))
    renamed = record.events("simulated", Grid.WEEK)
    new = (rename(relation[0]), rename(relation[1]))
    assert renamed.relations == tuple(sorted(renamed.relations))
    for name, values in panel.channels.items():
        mine = values[panel.index[relation]]
        assert (renamed.channels[name][renamed.index[new]] == mine).all()


def test_the_case_is_renamed_with_the_world() -> None:
    case = relabel(record_of(quiet_world())).case
    assert (case.relation.actor.id, case.relation.recipient.id) == tuple(map(rename, FOCAL))
    assert case.relation.actor.name == FOCAL[0]


@pytest.mark.parametrize("actor", ["A00", "non_state:taliban", "GW:680"])
def test_a_renamed_actor_has_its_old_name_back(actor: str) -> None:
    assert rename(actor) != actor
    assert rename(rename(actor)) == actor


def test_unordered_pairs_stay_unordered_under_other_names() -> None:
    votes = replace(simulate_agreement(3), measure="agreement")
    made = make_record(made_case(), {("simulated_votes", "agreement"): votes})
    renamed = relabel(made).measures("simulated_votes", "agreement")
    assert all(a < b for a, b in renamed.relations)
    assert np.nansum(renamed.channels["value"]) == pytest.approx(
        np.nansum(votes.channels["value"])
    )
