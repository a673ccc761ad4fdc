"""A dossier in a notebook: its charts are Altair's, to be changed at will."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from cuibono.dossier.render.charts import chart_panels
from cuibono.dossier.render.panel import clean
from cuibono.dossier.render.theme import CONFIG, GRAMMAR, Spec
from cuibono.errors import MissingError, suggest
from cuibono.model.dossier import Chart, Dossier

if TYPE_CHECKING:
    import altair as alt

# What only a drawing that stands alone may say.
ALONE = ("autosize", "padding")
SCHEMA = f"https://vega.github.io/schema/vega-lite/v{GRAMMAR}.json"


class Explained(Dossier):
    """A dossier that can be asked for its charts, as `cuibono.explain` gives it."""

    __slots__ = ()

    @property
    def plot(self) -> Plot:
        """Give the charts.

        Returns
        -------
        Plot
            One method for each kind.
        """
        return Plot(self)


class Plot:
    """The charts of a dossier as Altair's, from the same specifications as its pages.

    Parameters
    ----------
    dossier : Dossier
        Where the numbers are.
    """

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        charts = [chart for section in dossier.sections for chart in section.charts]
        self._charts = {chart.id: chart for chart in charts}

    @property
    def names(self) -> tuple[str, ...]:
        """List the charts.

        Returns
        -------
        tuple of str
            Ids that `chart` takes, in the order of the dossier.
        """
        return tuple(self._charts)

    def ranking(self) -> alt.VConcatChart:
        """Draw the world of rivals, with the relations that explanations name marked.

        Returns
        -------
        altair.VConcatChart
            One panel a source.
        """
        return self._of_kind("world")

    def weights(self) -> alt.VConcatChart:
        """Draw the weight of evidence of each explanation.

        Returns
        -------
        altair.VConcatChart
            One panel.
        """
        return self._of_kind("weights")

    def record(self) -> alt.VConcatChart:
        """Draw every series over time.

        Returns
        -------
        altair.VConcatChart
            One panel a series.
        """
        return self._of_kind("lines")

    def turning_points(self) -> alt.VConcatChart:
        """Draw when the relation turned, with how surely.

        Returns
        -------
        altair.VConcatChart
            One panel a series.
        """
        return self._of_kind("dates")

    def outlook(self) -> alt.VConcatChart:
        """Draw what is expected to come, as fans.

        Returns
        -------
        altair.VConcatChart
            One panel a level.
        """
        return self._of_kind("fan")

    def coverage(self) -> alt.VConcatChart:
        """Draw which days are covered.

        Returns
        -------
        altair.VConcatChart
            One panel.
        """
        return self._of_kind("coverage")

    def chart(self, name: str) -> alt.VConcatChart:
        """Draw one chart of the dossier.

        Parameters
        ----------
        name : str
            One of `names`.

        Returns
        -------
        altair.VConcatChart
            Its panels, one below the other.

        Raises
        ------
        MissingError
            If the dossier has no such chart.
        """
        if name not in self._charts:
            raise MissingError(f"No chart {name!r}.{suggest(name, self._charts)}")
        return self._draw([self._charts[name]])

    def _of_kind(self, kind: str) -> alt.VConcatChart:
        found = [chart for chart in self._charts.values() if chart.kind == kind]
        if not found:
            raise MissingError(
                f"This dossier draws no {kind}. It has {', '.join(self._charts) or 'no chart'}."
            )
        return self._draw(found)

    def _draw(self, charts: list[Chart]) -> alt.VConcatChart:
        try:
            import altair
        except ImportError as error:
            raise MissingError(
                "Altair is not installed. Install it with `pip install 'cuibono[notebook]'`."
            ) from error
        panels: list[Spec] = [
            {key: value for key, value in clean(panel.spec).items() if key not in ALONE}
            for chart in charts
            for panel in chart_panels(chart, self._dossier)
        ]
        config = {key: value for key, value in CONFIG.items() if key not in ("aria", *ALONE)}
        whole = {"$schema": SCHEMA, "config": config, "padding": 10, "vconcat": panels}
        return altair.VConcatChart.from_dict(whole)


def show(dossier: Dossier) -> Explained:
    """Give a dossier its charts.

    Parameters
    ----------
    dossier : Dossier
        Any dossier.

    Returns
    -------
    Explained
        The same numbers and texts.
    """
    return Explained(**{field.name: getattr(dossier, field.name) for field in fields(dossier)})
