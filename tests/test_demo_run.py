"""The golden run: the README shows what `kznet run` prints; paste it anew to refresh."""

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kznet.resources import data

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.slow


def test_the_demo_prints_what_the_readme_shows(demo_run: Any):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```text\n(.*?)```", readme, flags=re.DOTALL)
    printed = (demo_run.stderr + demo_run.stdout).replace(str(demo_run.case), "outputs/demo")
    assert printed == shown


def test_the_demo_names_no_private_account_outside_its_dataset_folder(demo_run: Any):
    accounts = pd.read_csv(data("demo") / "accounts.csv")
    private = accounts[accounts["role"].isna() & (accounts["followers"] < 10_000)]
    assert len(private) > 1_000
    words = (
        set(private["account"]) | set(private["handle"].dropna()) | set(private["name"].dropna())
    )
    for path in sorted(demo_run.case.rglob("*")):
        if path.is_file() and "dataset" not in path.relative_to(demo_run.case).parts:
            text = path.read_text(encoding="utf-8")
            assert not words & set(re.split(r"[\"<>,;|\n&]+ ?", text)), path.name
            assert not re.search(r"demo:a\d+", text) or set(re.findall(r"demo:a\d+", text)) <= set(
                accounts["account"]
            ) - set(private["account"]), path.name
