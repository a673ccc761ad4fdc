"""A store whose tables are mere names, so that what it is asked compiles for any engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ibis
import ibis.expr.operations as ops
import pyarrow as pa

from cuibono.model.tables import TABLES
from cuibono.store.engine import Engine
from cuibono.store.sql import compile_sql, fill_blanks
from cuibono.store.store import Store


class NamedTables(Store):
    """A store over tables called "events" and "measures", wherever they are.

    Its snapshots still say what is covered.
    """

    __slots__ = ()

    def table(self, name: str, source: str | None = None) -> ibis.Table:
        """Give a canonical table by name.

        Parameters
        ----------
        name : {"events", "measures"}
            Canonical table.
        source : str, optional
            Keep one provider's rows; all by default.

        Returns
        -------
        ibis.Table
            Bound to no engine.
        """
        rows = ibis.table(TABLES[name], name=name)
        return rows if source is None else rows.filter(rows.source == source)


class Filling(Engine):
    """An engine that fills in a question's blanks before it collects."""

    def ask(
        self,
        question: ibis.Table,
        values: Mapping[str, object],
        limit: int | None = None,
        offset: int = 0,
    ) -> pa.Table:
        """Answer a question as it is put this time.

        Parameters
        ----------
        question : ibis.Table
            An expression with blanks.
        values : mapping of str to object
            What each blank stands for.
        limit : int, optional
            At most so many rows.
        offset : int, optional
            So many rows are left out first.

        Returns
        -------
        pyarrow.Table
            Those rows.
        """
        return self.collect(fill_blanks(question, values).limit(limit, offset=offset))


class Recording(Filling):
    """An engine that notes every expression and has another store answer it.

    Parameters
    ----------
    answers : Store
        Holds the rows behind the names.
    """

    def __init__(self, answers: Store) -> None:
        self.url = "named://"
        self._answers = answers
        self.asked: list[ibis.Table] = []

    def collect(self, expression: ibis.Table) -> pa.Table:
        """Note an expression over named tables, and answer it.

        Parameters
        ----------
        expression : ibis.Table
            What to compute.

        Returns
        -------
        pyarrow.Table
            All rows.
        """
        self.asked.append(expression)
        names = expression.op().find(ops.UnboundTable)
        rows = {name: self._answers.table(name.name).op() for name in names}
        return self._answers.engine.collect(expression.op().replace(rows).to_expr())


def sql_of(ask: Callable[[Store], object], store: Store, dialect: str) -> str:
    """Compile everything that a question asks a store.

    Parameters
    ----------
    ask : callable
        Takes a store, as `cuibono.record`'s functions do.
    store : Store
        Answers while the question is being asked, so that one query may
        follow from another.
    dialect : str
        Ibis's name of the SQL.

    Returns
    -------
    str
        Queries in the order asked, each ended by a semicolon.
    """
    engine = Recording(store)
    ask(NamedTables(engine, store.folder, store.embedded, store.loaded))
    queries = [compile_sql(expression, dialect)[0] for expression in engine.asked]
    return "".join(f"{query};\n" for query in queries)
