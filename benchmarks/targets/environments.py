"""A virtual environment for each peer, made once and kept; kznet's is the one that runs."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

PACKAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "kznet": ("kznet", "igraph", "numpy", "pandas", "pyarrow", "scipy", "numba", "duckdb"),
    "numba": ("numba", "numpy", "pyarrow"),
    "duckdb": ("duckdb",),
    "networkx": ("networkx", "numpy", "pyarrow", "scipy"),
    "toolkit": ("coordination-network-toolkit",),
}
_VERSIONS: Final = """
import json, platform, sys
from importlib.metadata import PackageNotFoundError, version
found = {"python": platform.python_version()}
for name in sys.argv[1:]:
    try:
        found[name] = version(name)
    except PackageNotFoundError:
        pass
print(json.dumps(found))
"""


def python(name: str, folder: Path) -> Path:
    """Python of an environment, which is made where it is not there yet."""
    if name == "kznet":
        return Path(sys.executable)
    home = folder / name
    if not (home / "ready").is_file():
        _run(sys.executable, "-m", "venv", "--clear", str(home))
        _run(str(home / "bin" / "python"), "-m", "pip", "install", "-qq", *PACKAGES[name])
        (home / "ready").touch()
    return home / "bin" / "python"


def versions(name: str, folder: Path) -> dict[str, str]:
    """Version of Python and of each package that matters there, where it is installed."""
    command = [str(python(name, folder)), "-c", _VERSIONS, *PACKAGES[name]]
    made = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603  # as above
    return dict(json.loads(made.stdout))


def _run(*command: str) -> None:
    """Without the paths of whoever calls, so that the environment holds what it was given."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    subprocess.run(command, check=True, env=env, stdout=sys.stderr)  # noqa: S603  # our own words
