"""The case folder: everything of one run, written whole or not at all, and read again."""

import json
import platform
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from kznet import __version__
from kznet.analysis import TABLES, Analysis
from kznet.dataset import Dataset
from kznet.errors import DataError, OutputError
from kznet.network import network
from kznet.provenance import FileReport, LoadReport
from kznet.schema import SCHEMA
from kznet.steps import Step
from kznet.tabular import write_csv

MANIFEST: Final = "manifest.json"
EVALUATION: Final = "evaluation.json"
SETTINGS: Final = "kznet.toml"
_KINDS: Final = {MANIFEST: "case", EVALUATION: "evaluation"}
_SECRET: Final = "dataset/secret.txt"  # noqa: S105  # the place of the secret, not the secret
_PACKAGES: Final = ("igraph", "networkx", "numpy", "pandas", "pyvis", "scipy")
_NOT_FOR_SHARING: Final = """\
These tables hold the native ids of every account, private people among them, and the secret
behind the pseudonyms. They are for the analyst's own work. Share the rest of the case folder,
not this.
"""


@contextmanager
def replacing(folder: Path, *, manifest: str = MANIFEST) -> Iterator[Path]:
    """Give a temporary sibling to write into, and rename it to `folder` once all went well.

    `manifest` is the file by which such a folder is known: that of a case or an evaluation.

    Raises
    ------
    OutputError
        `folder` exists and is of another kind, or cannot be written.
    """
    check(folder, manifest=manifest)
    prefix = f".{folder.name}.partial-"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}") from error
    try:
        yield partial
        partial.chmod(0o755)
        _swap(partial, folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def check(folder: Path, *, manifest: str = MANIFEST) -> None:
    """Refuse a place that holds anything but a case, so that nobody's files are touched.

    For an evaluation, whose manifest has another name, anything but an evaluation is refused.

    Raises
    ------
    OutputError
        It is a file, or a folder with something else in it.
    """
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise OutputError(f"{folder}: is a file; wanted a folder for the {_KINDS[manifest]}")
    if any(folder.iterdir()) and not is_case(folder, manifest=manifest):
        found = f"exists and is not a kznet {_KINDS[manifest]}"
        raise OutputError(f"{folder}: {found}; nothing in it was touched")


def _swap(partial: Path, folder: Path) -> None:
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old-", dir=folder.parent))
    if folder.exists():
        folder.rename(old / folder.name)
    partial.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def is_case(folder: Path, *, manifest: str = MANIFEST) -> bool:
    """Whether a folder was written by kznet, with this manifest."""
    try:
        return "kznet" in json.loads((folder / manifest).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


def write(whole: Analysis, shared: Analysis, folder: Path, *, secret: str) -> None:
    """Write tables, dataset and settings; `shared` is what may be passed on.

    A folder is no case before `seal` has written its manifest.
    """
    (folder / "tables").mkdir()
    for name in TABLES:
        if name == "membership":  # told in the table of centrality
            continue
        write_csv(getattr(shared, name), folder / "tables" / f"{name}.csv")
    write_csv(shared.dataset.report.rejected, folder / "tables" / "rejected.csv")
    _write_dataset(whole, folder / "dataset")
    (folder / _SECRET).write_text(secret + "\n", encoding="utf-8")
    (folder / SETTINGS).write_text(toml(shared.options), encoding="utf-8")
    (folder / "dataset" / SETTINGS).write_text(toml(whole.options), encoding="utf-8")


def seal(shared: Analysis, folder: Path) -> None:
    """Write the manifest, with what every step took."""
    content = _plain(_manifest(shared))
    manifest = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)
    (folder / MANIFEST).write_text(manifest + "\n", encoding="utf-8")


def secret_of(folder: Path) -> str | None:
    """Secret of a case that was written before, or nothing."""
    try:
        return (folder / _SECRET).read_text(encoding="utf-8").strip()
    except OSError:
        return None


def read(folder: Path) -> Analysis:
    """Read a case folder with the native ids.

    Raises
    ------
    DataError
        The folder is no case, or lacks a file of it.
    """
    if not is_case(folder):
        raise DataError(f"{folder}: is not a kznet case (no {MANIFEST} of kznet)")
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    kept = folder / "dataset"
    frames = {name: _table(kept / f"{name}.parquet") for name in SCHEMA}
    tables = {name: _table(kept / "tables" / f"{name}.parquet") for name in TABLES}
    rejected, aliases = _table(kept / "rejected.parquet"), _table(kept / "aliases.parquet")
    files = tuple(FileReport(**entry) for entry in manifest["inputs"])
    report = LoadReport(files, rejected, tuple(manifest["load_warnings"]), aliases)
    data = Dataset(**frames, report=report)
    return Analysis(
        dataset=data,
        network=network(data),
        **tables,
        facts=manifest["facts"],
        options=manifest["options"] | _settings(kept / SETTINGS),
        seed=manifest["seed"],
        warnings=tuple(manifest["warnings"]),
        steps=tuple(Step(**each) for each in manifest.get("steps", [])),
    )


def _settings(path: Path) -> dict[str, Any]:
    """Options as the analyst gave them, where the case keeps them."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _table(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise DataError(f"{path}: the case lacks this file")
    try:
        return pd.read_parquet(path)
    except (ValueError, OSError) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error


def toml(options: Mapping[str, Any]) -> str:
    r"""Options as TOML, one a line; those that are not set are left out.

    >>> toml({"window": "60s", "seed": 0, "names": None})
    'window = "60s"\nseed = 0\n'
    """
    given = {key: value for key, value in options.items() if value is not None}
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in given.items())
    return "".join(f"{line}\n" for line in lines)


def _write_dataset(whole: Analysis, folder: Path) -> None:
    (folder / "tables").mkdir(parents=True)
    for name in SCHEMA:
        getattr(whole.dataset, name).to_parquet(folder / f"{name}.parquet", index=False)
    for name in TABLES:
        getattr(whole, name).to_parquet(folder / "tables" / f"{name}.parquet", index=False)
    whole.dataset.report.rejected.to_parquet(folder / "rejected.parquet", index=False)
    write_csv(whole.dataset.report.rejected, folder / "rejected.csv")
    whole.dataset.report.aliases.to_parquet(folder / "aliases.parquet", index=False)
    (folder / "README.txt").write_text(_NOT_FOR_SHARING, encoding="utf-8")


def _manifest(shared: Analysis) -> dict[str, Any]:
    report = shared.dataset.report
    return {
        "kznet": __version__,
        "inputs": [asdict(file) for file in report.files],
        "load_warnings": list(report.warnings),
        "options": dict(shared.options),
        "seed": shared.seed,
        "versions": {"python": platform.python_version()}
        | {name: version(name) for name in _PACKAGES},
        "facts": shared.facts,
        "warnings": list(shared.warnings),
        "steps": [asdict(each) for each in shared.steps],
    }


def _plain(value: Any) -> Any:
    """Turn numpy's numbers into Python's, and those that are not finite into null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    number = value.item() if isinstance(value, np.generic) else value
    return None if isinstance(number, float) and not np.isfinite(number) else number
