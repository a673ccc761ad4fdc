"""Does it survive with half of the reports? What does not would not have replicated.

References
----------
.. [1] Cui, R. et al. (2024). "Improving fine-mapping by modeling infinitesimal
   effects". *Nature Genetics* 56, 162-169 (the replication failure rate).
   https://doi.org/10.1038/s41588-023-01597-3
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cuibono.checks.alter import thin
from cuibono.checks.repeat import Repeated
from cuibono.model.panel import Panel

HALF = 0.5
DRAWS = 3
SEED = 20_170_208


@dataclass(frozen=True, slots=True)
class _Half:
    """A panel with half of what was reported."""

    seed: int

    def __call__(self, panel: Panel) -> Panel:
        return thin(panel, np.full(panel.starts.size, HALF), self.seed)


THINNING = Repeated(
    name="thinning",
    looks=DRAWS,
    changes=lambda record: [_Half(SEED + n) for n in range(DRAWS)],
    placebo=False,
    bound=2,
)
