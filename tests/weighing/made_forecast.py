"""A forecast about the votes of two states, to be changed by the tests."""

import math
from datetime import date

from cuibono.model.estimate import Estimate
from cuibono.model.forecast import Forecast
from cuibono.model.period import Grid

MADE = Forecast(
    id="un_votes.PAK-RUS.2010-01-01.3",
    text="PAK–RUS in un_votes: no turn between 2009-12-31 and 2012-12-31",
    source="un_votes",
    measure="agreement",
    relation=("PAK", "RUS"),
    grid=Grid.YEAR,
    window=3,
    low=-math.inf,
    high=math.inf,
    made=date(2010, 1, 1),
    resolves=date(2013, 1, 1),
    probability=Estimate(0.7, 0.6, 0.8, "probability"),
    rival=0.5,
    by="like histories",
)
