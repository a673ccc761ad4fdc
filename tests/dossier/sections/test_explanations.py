"""The table of explanations repeats the weighing, strongest first."""

from dataclasses import replace

from tests.dossier.sections.reading import all_refs, column, text

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.sections.explanations import bearing_on, explanations


def test_explanations_stand_strongest_first(gathered: Gathered, numbers: Numbers) -> None:
    (table,) = explanations(gathered, numbers).tables
    names = {e.id: e.name for e in gathered.case.explanations}
    ordered = [names[weight.explanation] for weight in gathered.weighing.weights]
    assert [text(cell) for cell in column(table, "Explanation")] == ordered


def test_each_weight_is_kept_as_it_was_weighed(gathered: Gathered, numbers: Numbers) -> None:
    quoted = all_refs(explanations(gathered, numbers))
    for weight in gathered.weighing.weights:
        for kind, weighed in (("weight", weight.evidence), ("posterior", weight.posterior)):
            name = f"{kind}.{weight.explanation}"
            kept = numbers.figures[name]
            assert name in quoted
            assert (kept.value, kept.low, kept.high, kept.level) == (
                weighed.value, weighed.low, weighed.high, weighed.level,
            )  # fmt: skip


def test_origins_are_counted_and_not_copies(gathered: Gathered, numbers: Numbers) -> None:
    explanations(gathered, numbers)
    for weight in gathered.weighing.weights:
        kept = numbers.figures[f"origins.{weight.explanation}"]
        bearing = {
            item.origin
            for item in gathered.case.evidence
            if weight.explanation in item.likelihoods
        }
        assert kept.value == len(bearing)


def test_a_weight_traces_to_the_items_that_bear_on_it(
    gathered: Gathered, numbers: Numbers
) -> None:
    explanations(gathered, numbers)
    for weight in gathered.weighing.weights:
        (trace,) = numbers.figures[f"weight.{weight.explanation}"].traces
        bearing = bearing_on(gathered.case, weight.explanation)
        assert (trace.where[0].value, trace.n_rows) == (bearing, len(bearing))


def test_an_explanation_on_which_nothing_bears_traces_to_nothing(gathered: Gathered) -> None:
    silent = gathered.weighing.weights[0].explanation
    evidence = tuple(
        replace(item, likelihoods={k: x for k, x in item.likelihoods.items() if k != silent})
        for item in gathered.case.evidence
    )
    case = replace(gathered.case, evidence=evidence)
    numbers = Numbers(case, gathered.store)
    explanations(replace(gathered, case=case), numbers)
    assert numbers.figures[f"weight.{silent}"].traces[0].n_rows == 0


def test_every_explanation_is_drawn(gathered: Gathered, numbers: Numbers) -> None:
    (chart,) = explanations(gathered, numbers).charts
    drawn = [f"weight.{weight.explanation}" for weight in gathered.weighing.weights]
    assert list(chart.series) == drawn


def test_whatever_is_not_told_apart_from_the_strongest_is_quoted(
    gathered: Gathered, numbers: Numbers
) -> None:
    leader = gathered.weighing.weights[0].explanation
    quoted = all_refs(explanations(gathered, numbers))
    pairs = [p for p in gathered.weighing.comparisons if p.stronger == leader]
    assert pairs
    for pair in pairs:
        name = f"order.{pair.stronger}.{pair.weaker}"
        assert name in quoted
        assert numbers.figures[name].value == pair.probability


def test_what_nothing_tells_apart_is_listed_once(gathered: Gathered, numbers: Numbers) -> None:
    comparisons = gathered.weighing.comparisons
    order = [weight.explanation for weight in gathered.weighing.weights]
    alike = order[1:4]
    same = tuple(
        replace(pair, same_predictions={pair.stronger, pair.weaker} <= set(alike), said="pair")
        for pair in comparisons
    )
    weighing = replace(gathered.weighing, comparisons=same)
    made = explanations(replace(gathered, weighing=weighing), numbers)
    said = [text(line) for line in made.lead if text(line).startswith("Not separable")]
    names = ", ".join(f"“{gathered.case.names[each]}”" for each in alike)
    assert said == [
        "Not separable: nothing in the ledger bears on one of these and not on the others:"
        f" {names}."
    ]
