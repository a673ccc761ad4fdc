"""Days as sources write them."""

from __future__ import annotations

import ibis

ISO_DAY = r"^(19|20)\d\d-\d\d-\d\d$"
"""Years that a source of this field writes; an engine reads year 20155 as willingly."""


def iso_day(text: ibis.Value) -> ibis.Value:
    """Read a day of the years 1900 to 2099 written as ISO 8601 has it.

    Parameters
    ----------
    text : ibis.Value
        Text such as `2015-09-30`.

    Returns
    -------
    ibis.Value
        A date; null for anything else.
    """
    return text.re_search(ISO_DAY).ifelse(text, ibis.null("string")).try_cast("date")
