"""The command that damages files finds what it looks for, and finds nothing."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).resolve().parent / "fuzz.py"
_spec = importlib.util.spec_from_file_location("fuzz", COMMAND)
fuzz = importlib.util.module_from_spec(_spec)
sys.modules["fuzz"] = fuzz
_spec.loader.exec_module(fuzz)


def test_damaged_files_are_built_or_refused_in_words():
    done = subprocess.run(
        [sys.executable, COMMAND, "--files", "60", "--seed", "7"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("60 damaged files")
    assert done.stdout.endswith("; 0 faults\n")


def test_the_same_seed_damages_alike():
    assert list(fuzz.damaged(20, seed=3)) == list(fuzz.damaged(20, seed=3))
    assert list(fuzz.damaged(20, seed=3)) != list(fuzz.damaged(20, seed=4))


@pytest.mark.parametrize(
    ("said", "code", "seconds", "size", "case", "found"),
    [
        ("Error: a.csv: the file is empty\n", 1, 1.0, 1 << 20, False, ""),
        ("built\n", 0, 1.0, 1 << 20, True, ""),
        ("", 70, 1.0, 1 << 20, False, "exit code 70"),
        ("Traceback (most recent call last):\n", 1, 1.0, 1 << 20, False, "did not say"),
        ("wrong\n", 1, 1.0, 1 << 20, False, "did not say"),
        ("built\n", 0, 11.0, 1 << 20, True, "took 11 s"),
        ("built\n", 0, 1.0, 2 << 30, True, "took 2048 MiB"),
        ("Error: x\n", 1, 1.0, 1 << 20, True, "half-written"),
    ],
)
def test_each_fault_is_found(tmp_path, said, code, seconds, size, case, found):
    (tmp_path / "a.csv").touch()
    (tmp_path / "said.txt").write_text(said)
    if case:
        (tmp_path / "case").mkdir()
    child = fuzz.Child(os.getpid(), "a.csv", tmp_path)
    assert found in fuzz.fault(child, code, seconds, size)
    assert bool(found) == bool(fuzz.fault(child, code, seconds, size))
