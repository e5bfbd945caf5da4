"""Every figure of an evaluation, computed from its rows."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from kznet.evaluation.figures.calls import crossed, discoveries, levelled, precision
from kznet.evaluation.figures.detectors import detectors, lead
from kznet.evaluation.figures.innocent import by_group, calibration, false_positives, untested
from kznet.evaluation.figures.members import members
from kznet.evaluation.figures.outcomes import outcomes
from kznet.evaluation.figures.power import degraded, recall
from kznet.evaluation.judged import Judged
from kznet.evaluation.redraw import coverage
from kznet.evaluation.targets import measured
from kznet.mechanisms.amplification import NAME

Tables = Mapping[str, pd.DataFrame]

# How much looser the second level is, at which calls are counted too.
LOOSER: Final = 2


def tables(found: Judged, *, q: float = 0.05) -> dict[str, pd.DataFrame]:
    """All tables of figures, by name; those at one level are at `q`, others at twice `q` too."""
    rows = levelled(found.calls, (q, LOOSER * q))
    ranked = detectors(found.calls, found.scores, level=q)
    result = {
        "precision": precision(rows),
        "discoveries": discoveries(rows),
        "false_positives": false_positives(rows),
        "recall": recall(rows, level=q),
        "detectors": ranked,
        "lead": lead(ranked),
        "members": members(found.calls, found.members),
        "crossed": crossed(rows),
        "calibration": calibration(found.calls),
        "groups": by_group(rows, level=q),
        "coverage": coverage(found.reach),
        "untested": untested(rows, level=q),
        "degraded": degraded(outcomes(found.calls, level=q), mechanism=NAME),
    }
    return {"targets": measured(result, q=q)} | result
