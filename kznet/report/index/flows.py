"""Who reposts and follows whom, role by role; what would show a few private people is kept back."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from kznet.analysis import Analysis
from kznet.privacy import FEWEST
from kznet.report.plots.figure import Figure, Part
from kznet.report.plots.matrix import matrix
from kznet.report.texts import Texts
from kznet.schema import ROLES

KINDS: Final = ("repost", "follow")
_UNKNOWN: Final = "unknown"
_ORDER: Final = (*ROLES, _UNKNOWN)


@dataclass(frozen=True, eq=False)
class Flows:
    """Counts from the roles in the rows to those in the columns; missing where kept back."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: np.ndarray

    @property
    def shares(self) -> np.ndarray:
        """Each count as a share of what is shown of its row."""
        whole = np.nansum(self.counts, axis=1, keepdims=True)
        return self.counts / np.where(whole > 0, whole, np.nan)


def flow_figures(analysis: Analysis, texts: Texts) -> list[Figure]:
    """A matrix for each kind of tie that runs between roles; none where no role is known."""
    found = {kind: flows(analysis, kind) for kind in KINDS}
    return [_figure(each, kind, texts) for kind, each in found.items() if each]


def flows(analysis: Analysis, kind: str) -> Flows | None:
    """Count ties of a kind between roles.

    A cell is kept back where fewer than five private people, but at least one, stand behind it
    on either side.
    """
    accounts = analysis.dataset.accounts.set_index("account").reindex(analysis.network.accounts)
    layer = analysis.network.layers.get(kind)
    role = accounts["role"].fillna(_UNKNOWN).to_numpy()
    if layer is None or not layer.nnz or set(role) == {_UNKNOWN}:
        return None
    code = np.array([_ORDER.index(each) for each in role])
    of_role = _indicator(code, np.ones(len(code), dtype=bool))
    counts = (of_role.T @ layer @ of_role).toarray()
    public = analysis.dataset.public.set_axis(analysis.dataset.accounts["account"])
    private = ~public.reindex(analysis.network.accounts).to_numpy(dtype=bool)
    hidden = _few(layer, code, private) | _few(layer.T.tocsr(), code, private).T
    rows, columns = (np.flatnonzero(counts.sum(axis=side)) for side in (1, 0))
    shown = np.where(hidden, np.nan, counts)[np.ix_(rows, columns)]
    return Flows(tuple(_ORDER[k] for k in rows), tuple(_ORDER[k] for k in columns), shown)


def _few(layer: csr_array, code: np.ndarray, private: np.ndarray) -> np.ndarray:
    """Whether between one and four private people have a tie from a role to a role."""
    reached = csr_array(layer @ _indicator(code, np.ones(len(code), dtype=bool)))
    reached.data = np.ones_like(reached.data)
    people = (_indicator(code, private).T @ reached).toarray()
    return np.asarray((people > 0) & (people < FEWEST))


def _indicator(code: np.ndarray, kept: np.ndarray) -> csr_array:
    places = np.flatnonzero(kept)
    shape = (len(code), len(_ORDER))
    return csr_array((np.ones(len(places)), (places, code[places])), shape=shape)


def _figure(found: Flows, kind: str, texts: Texts) -> Figure:
    rows, columns = (
        [texts(f"role.{role}") for role in side] for side in (found.rows, found.columns)
    )
    shares = found.shares
    words = [[_percent(share, texts) for share in line] for line in shares]
    told = [
        [_told(count, share, texts) for count, share in zip(*lines, strict=True)]
        for lines in zip(found.counts, shares, strict=True)
    ]
    titles = [
        [f"{row} → {column}: {cell}" for column, cell in zip(columns, line, strict=True)]
        for row, line in zip(rows, told, strict=True)
    ]
    heading = _heading(found, (rows, columns), kind, texts)
    drawing = matrix((rows, columns), shares, words=words, titles=titles, title=heading)
    return Figure(
        key=f"plot-flow-{kind}",
        heading=heading,
        parts=[Part(drawing)],
        caption=texts(f"plot.flow.{kind}.caption"),
        heads=["", *columns],
        rows=[[row, *line] for row, line in zip(rows, told, strict=True)],
    )


def _heading(found: Flows, names: tuple[list[str], list[str]], kind: str, texts: Texts) -> str:
    if np.isnan(found.counts).all():
        return texts(f"plot.flow.{kind}.none")
    row, column = np.unravel_index(np.nanargmax(found.counts), found.counts.shape)
    share = found.counts[row, column] / np.nansum(found.counts)
    values = {"source": names[0][row], "target": names[1][column], "share": texts.share(share)}
    return texts(f"plot.flow.{kind}", values)


def _percent(share: float, texts: Texts) -> str:
    """A share in percent without the sign, which the caption says once."""
    if np.isnan(share):
        return "·"
    if 0 < share < 0.005:
        return "<1"
    return texts.number(round(100 * share)) if share else ""


def _told(count: float, share: float, texts: Texts) -> str:
    if np.isnan(count):
        return texts("plot.flow.few")
    return f"{texts.number(count)} ({texts.share(share, digits=0)})" if count else "0"
