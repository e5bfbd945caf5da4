"""Where the shipped data lie: inside an installed package, or beside it in a checkout."""

from pathlib import Path

from kznet.errors import DataError


def data(name: str) -> Path:
    """Path of a shipped file or folder, such as ``demo``.

    Raises
    ------
    DataError
        The installation lacks it.
    """
    here = Path(__file__).resolve().parent
    for root in (here / "data", here.parent / "data"):
        if (root / name).exists():
            return root / name
    raise DataError(f"shipped data {name!r} not found: reinstall kznet")
