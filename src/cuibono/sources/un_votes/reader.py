"""UN roll calls become the share of votes on which two members agree, session by session."""

from __future__ import annotations

import ibis

from cuibono.sources.base import Tables
from cuibono.sources.resolve import code_lookup, resolve

OVERALL = "all"
# Session 1 opened in January 1946, and each later one in the autumn of 1945 plus its number.
YEAR_BEFORE_FIRST_SESSION = 1945


def native(raw: Tables) -> ibis.Table:
    """Read votes, roll calls and issues, and count agreement.

    Two members agree on a roll call when both vote yes, both no or both
    abstain (the three-category agreement of Voeten's data); roll calls that
    either missed do not count.

    Parameters
    ----------
    raw : Tables
        "votes", "calls" and "issues", each keyed by `rcid`.

    Returns
    -------
    ibis.Table
        Canonical measures with `line`, `text` and `reject`; votes of members
        that the registry does not know come as rejected rows.
    """
    votes = _dated_votes(raw)
    known = votes.filter(votes.member.notnull()).select("rcid", "session", "member", "vote")
    left, right = known, known.view()
    pairs = left.join(right, (left.rcid == right.rcid) & (left.member < right.member))
    pairs = pairs.select(
        left.rcid,
        left.session,
        actor=left.member,
        recipient=right.member,
        differ=(left.vote != right.vote).cast("int64"),
    )
    issues = raw["issues"].select(rcid=raw["issues"].rcid.cast("int64"), issue="short_name")
    by_issue = pairs.join(issues, "rcid").drop("rcid")
    counts = pairs.drop("rcid").mutate(issue=ibis.literal(OVERALL)).union(by_issue)
    counts = counts.group_by("issue", "session", "actor", "recipient").agg(
        joint=counts.count().cast("int64"), differ=counts.differ.sum().cast("int64")
    )
    return _canonical(counts).union(_refused(votes))


def embedded(raw: Tables) -> ibis.Table:
    """Open the counts that ship with the package.

    Parameters
    ----------
    raw : Tables
        "measures": joint votes and disagreements per issue, session and dyad.

    Returns
    -------
    ibis.Table
        Canonical measures.
    """
    return _canonical(raw["measures"])


def pack(rows: ibis.Table) -> ibis.Table:
    """Shorten canonical measures to the counts behind them.

    Parameters
    ----------
    rows : ibis.Table
        Canonical measures, as `native` gives them.

    Returns
    -------
    ibis.Table
        The layout that `embedded` opens, ordered.
    """
    issue = rows.measure.re_replace("^agreement:?", "")
    short = rows.select(
        issue=(issue == "").ifelse(OVERALL, issue),
        session=(rows.start.year() - YEAR_BEFORE_FIRST_SESSION).cast("int16"),
        actor="actor",
        recipient="recipient",
        joint=rows.n.cast("int16"),
        differ=((1 - rows.value) * rows.n).round().cast("int16"),
    )
    return short.order_by("issue", "session", "actor", "recipient")


def _dated_votes(raw: Tables) -> ibis.Table:
    """Join each vote to its session and its member's id on that day."""
    calls = raw["calls"]
    calls = calls.select(
        rcid=calls.rcid.cast("int64"), session=calls.session.cast("int64"), day=calls.date
    )
    votes = raw["votes"].select("country", "vote", rcid=raw["votes"].rcid.cast("int64"))
    votes = votes.left_join(calls, "rcid").drop("rcid_right")
    votes = votes.mutate(line=ibis.row_number() + 1, day=votes.day.cast("date"))
    return resolve(votes, code_lookup("un"), votes.country, votes.day, "member")


def _canonical(counts: ibis.Table) -> ibis.Table:
    year = counts.session.cast("int32") + YEAR_BEFORE_FIRST_SESSION
    joint = counts.joint.cast("int64")
    overall = counts.issue == OVERALL
    parts = [counts.issue, counts.session.cast("string"), counts.actor, counts.recipient]
    return counts.select(
        source=ibis.literal("un_votes"),
        row=ibis.literal("|").join(parts),
        start=ibis.date(year, 1, 1),
        end=ibis.date(year + 1, 1, 1),
        actor="actor",
        recipient="recipient",
        actor_name="actor",
        recipient_name="recipient",
        measure=overall.ifelse("agreement", ibis.literal("agreement:") + counts.issue),
        value=1 - counts.differ.cast("float64") / joint,
        low=ibis.null("float64"),
        high=ibis.null("float64"),
        n=joint,
        unit=ibis.literal("share of joint votes"),
        line=ibis.literal(0, "int64"),
        text=ibis.null("string"),
        reject=ibis.null("string"),
    )


def _refused(votes: ibis.Table) -> ibis.Table:
    """Give the votes of members that the registry does not know as rejected rows."""
    unknown = votes.filter(votes.member.isnull())
    line = unknown.line.cast("int64")
    return unknown.select(
        source=ibis.literal("un_votes"),
        row=ibis.literal("vote|") + line.cast("string"),
        start=unknown.day,
        end=unknown.day,
        actor=ibis.null("string"),
        recipient=ibis.null("string"),
        actor_name=unknown.country,
        recipient_name=ibis.null("string"),
        measure=ibis.literal("vote"),
        value=ibis.null("float64"),
        low=ibis.null("float64"),
        high=ibis.null("float64"),
        n=ibis.literal(1, "int64"),
        unit=ibis.literal("vote"),
        line=line,
        text=unknown.country,
        reject=ibis.literal("no such member on that day: ")
        + unknown.country.fill_null("no name"),
    )
