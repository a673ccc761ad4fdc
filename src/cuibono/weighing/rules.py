"""The constants of weighing, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an analyst may dispute about the arithmetic, in one place.

    Attributes
    ----------
    dependence : float
        How much two origins of one cluster count as repeating each other, in
        [0, 1]. At 0.8 four reports of one author weigh as 1.18. Where reports
        were truly related by 0.6, this kept probabilities honest: adding from
        the strongest down favours the lucky, and 0.6 allowed too little for
        that; plain adding was far too sure.
    shared_error : float
        How related the errors in judging the origins of one cluster are, in
        [0, 1]. At 0.9 bands held the truth in nine cases of ten whatever the
        relation was in fact; at 0.6 they were too narrow where it was 0.9.
    lean : float
        How related the errors in judging all origins are, in [0, 1): a judge
        who is generous to one report is so to the next. At 0.05 bands held
        the truth in more than nine cases of ten whatever the relation within
        clusters; without it, in as many as nine, or fewer where it is there.
    overconfidence : float
        Divides every judged weight; at least 1. At 1.5 a judged ratio of
        10 to 1 counts as 4.6 to 1: experts' intervals are known to be too
        narrow and their ratios too steep.
    cluster_cap_db : float
        Most that one cluster may move an explanation: 20 dB is 100 to 1, as
        far as a single author or leak should ever carry anybody.
    total_cap_db : float
        Most that all evidence together may be said to weigh: 30 dB is 1,000
        to 1. It bounds what is said, never the order of the explanations,
        which would otherwise tie at the cap.
    n_draws : int
        Draws behind each band.
    n_path_draws : int
        How many of them stand behind the band of a single period: a drawn
        band needs fewer than a verdict.
    level : float
        Probability that each band claims, in (0, 1).
    separable_from : float
        Probability of the order from which two explanations count as told
        apart, in (0.5, 1].
    sight : tuple of float
        Band for the probability that an effect at work shows in a source at
        all. It bounds what a poor rank may say against an explanation.
    measured_cap_db : float
        Most that one rank may weigh: 10 dB, since a co-movement is never
        decisive for a motive.
    origins_listed : int
        Origins that a sentence names before it says "and N more".

    Raises
    ------
    ValueError
        If a constant lies outside its range.

    References
    ----------
    .. [1] Good, I. J. (1985). Weight of evidence: a brief survey. *Bayesian
       Statistics 2*, 249-270.
    .. [2] Lichtenstein, S., Fischhoff, B. and Phillips, L. D. (1982).
       Calibration of probabilities: the state of the art to 1980. In
       *Judgment under Uncertainty*, 306-334.
       DOI 10.1017/CBO9780511809477.023.
    """

    dependence: float = 0.8
    shared_error: float = 0.9
    lean: float = 0.05
    overconfidence: float = 1.5
    cluster_cap_db: float = 20.0
    total_cap_db: float = 30.0
    n_draws: int = 4_000
    n_path_draws: int = 1_000
    level: float = 0.9
    separable_from: float = 0.9
    sight: tuple[float, float] = (0.2, 0.8)
    measured_cap_db: float = 10.0
    origins_listed: int = 4

    def __post_init__(self) -> None:
        legal = {
            "dependence": 0 <= self.dependence <= 1,
            "shared_error": 0 <= self.shared_error <= 1,
            "lean": 0 <= self.lean < 1,
            "overconfidence": self.overconfidence >= 1,
            "cluster_cap_db": self.cluster_cap_db > 0,
            "total_cap_db": self.total_cap_db > 0,
            "n_draws": self.n_draws >= 1,
            "n_path_draws": self.n_path_draws >= 1,
            "level": 0 < self.level < 1,
            "separable_from": 0.5 < self.separable_from <= 1,
            "sight": 0 <= self.sight[0] <= self.sight[1] <= 1,
            "measured_cap_db": self.measured_cap_db > 0,
            "origins_listed": self.origins_listed >= 1,
        }
        if broken := [name for name, holds in legal.items() if not holds]:
            shown = ", ".join(f"{name} = {getattr(self, name)}" for name in broken)
            raise ValueError(f"Rules outside their range: {shown}. See the docstring of Rules.")


DEFAULT_RULES = Rules()
