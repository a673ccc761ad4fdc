"""The predictions of a case file: what each lens should show, and what each needs named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from cuibono.errors import CaseError
from cuibono.model.actor import DirectedDyad
from cuibono.model.case import Expectation, Prediction
from cuibono.model.period import Period
from cuibono.record.case_format import ExplanationEntry, PredictionEntry
from cuibono.record.locate import Place
from cuibono.record.written import WrittenFile
from cuibono.vocab.actors import resolve_actor

THIRD_PARTY: Literal["third_party"] = "third_party"

NEEDS = {
    THIRD_PARTY: ("driver",),
    "linkage": ("driver", "party"),
    "latency": ("item",),
    "declared_done": (),
    "double_standard": ("party",),
    "instruments": ("item",),
    "path": ("item",),
    "turning_points": (),
}
"""Keys of which a prediction of the lens needs exactly one."""

MAY = {"turning_points": ("item", "windows")}
"""Keys that it may have beside them."""

ITEMS = {
    "latency": ("recipient", "elsewhere", "home"),
    "instruments": ("talked", "promised", "backed", "delivered"),
}
"""What the lens calls the things that it measures."""

Dyad = Callable[[Sequence[str], Place], DirectedDyad]


def build_predictions(
    file: WrittenFile,
    entry: ExplanationEntry,
    number: int,
    paths: Sequence[str],
    dyad: Dyad,
) -> tuple[tuple[Prediction, ...], tuple[Expectation, ...]]:
    """Build what one explanation predicts.

    Parameters
    ----------
    file : WrittenFile
        Where it was written.
    entry : ExplanationEntry
        The explanation.
    number : int
        Its position in the file.
    paths : sequence of str
        Names of the case's paths.
    dyad : callable
        Resolves two actors that are written in a place.

    Returns
    -------
    tuple
        Predictions of third parties, and of other lenses, in the file's order.

    Raises
    ------
    CaseError
        If a prediction lacks what its lens needs or has what it does not
        read, an actor is unknown, or a window runs backwards.
    """
    predictions, expectations = [], []
    for n, one in enumerate(entry.prediction):
        place: Place = ("explanation", number, "prediction", n)
        _check(file, one, place, paths)
        relation = dyad(one.driver, (*place, "driver")) if one.driver else None
        if one.lens == THIRD_PARTY and relation:
            predictions.append(
                Prediction(lens=THIRD_PARTY, driver=relation, sign=one.sign, why=one.why)
            )
            continue
        party = one.party and resolve_actor(one.party, file.where(*place, "party"))
        expectations.append(
            Expectation(
                lens=one.lens,
                sign=one.sign,
                why=one.why,
                item=one.item,
                relation=relation,
                party=party or None,
                windows=tuple(Period(start, end) for start, end in one.windows),
            )
        )
    return tuple(predictions), tuple(expectations)


def _check(file: WrittenFile, one: PredictionEntry, place: Place, paths: Sequence[str]) -> None:
    """Refuse what the lens would not know what to do with."""
    needs, may = NEEDS[one.lens], MAY.get(one.lens, ())
    written = [key for key in ("driver", "item", "party", "windows") if getattr(one, key)]
    if needs and sum(key in needs for key in written) != 1:
        raise CaseError(
            f"{file.where(*place)}: a prediction of {one.lens} needs"
            f" {' or '.join(f'`{key}`' for key in needs)}."
        )
    if odd := [key for key in written if key not in (*needs, *may)]:
        raise CaseError(
            f"{file.where(*place, odd[0])}: a prediction of {one.lens} has no {odd[0]!r}."
            " Leave it out."
        )
    items = paths if one.lens == "path" else ITEMS.get(one.lens)
    if items is not None:
        file.known(one.item, items, "item", *place, "item")
    for start, end in one.windows:
        if start >= end:
            raise CaseError(
                f"{file.where(*place, 'windows')}: {end} is not after {start}. The second day"
                " of a window is the first day after it."
            )
