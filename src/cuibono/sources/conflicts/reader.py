"""Armed conflicts become who fought and who sent troops to whom, year by year."""

from __future__ import annotations

import ibis

from cuibono.sources.base import Tables
from cuibono.sources.numbered import measures_by_year, number_text

KINDS = {
    "interstate": "armed_conflict:interstate",
    "intrastate": "armed_conflict:intrastate",
    "II": "armed_conflict:internationalized",
    "extrasystemic": "armed_conflict:extrasystemic",
}
SUPPORT = "conflict_support"


def conflict_years(raw: Tables) -> ibis.Table:
    """Read conflict-years: the conflict itself, and each state that sent troops.

    Parameters
    ----------
    raw : Tables
        "measures": one row per conflict, year and pair of secondary parties.

    Returns
    -------
    ibis.Table
        Canonical measures with `line`, `text` and `reject`; the value is the
        intensity, 1 (25 to 999 battle deaths) or 2 (1,000 and more). Rows
        come again where the file repeats a conflict.
    """
    table = raw["measures"]
    table = table.mutate(
        line=ibis.row_number() + 1,
        **{
            name: number_text(table[name])
            for name in ("conflict_id", "gwno_a", "gwno_a_2nd", "gwno_b", "gwno_b_2nd")
        },
    )
    kind = table.type_of_conflict.substitute(KINDS, else_=ibis.null("string"))
    rows = _between(table, kind, "gwno_a", "gwno_b")
    for supporter, side in (("gwno_a_2nd", "gwno_a"), ("gwno_b_2nd", "gwno_b")):
        helped = table.filter(table[supporter].notnull())
        rows = rows.union(_between(helped, ibis.literal(SUPPORT), supporter, side))
    return measures_by_year(
        rows, source="conflicts", system="gw", unit="intensity, 1 or 2", alone=True
    )


def _between(table: ibis.Table, measure: ibis.Value, actor: str, recipient: str) -> ibis.Table:
    year = table.year.cast("int32")
    parts = [
        table.conflict_id,
        year.cast("string"),
        measure.fill_null("no kind"),
        table[actor].fill_null("none"),
        table[recipient].fill_null("none"),
    ]
    return table.select(
        line=table.line,
        text=ibis.null("string"),
        row=ibis.literal("|").join(parts),
        first_year=year,
        last_year=year,
        actor_number=table[actor],
        recipient_number=table[recipient],
        recipient_name=ibis.literal("opposition in conflict ") + table.conflict_id,
        measure=measure,
        value=table.intensity_level.cast("float64"),
        n=ibis.literal(1, "int64"),
        reject=ibis.cases(
            (~table.intensity_level.isin([1, 2]).fill_null(False), "intensity is not 1 or 2"),
            (
                measure.isnull(),
                ibis.literal("unknown kind of conflict ") + table.type_of_conflict,
            ),
            else_=None,
        ),
    )
