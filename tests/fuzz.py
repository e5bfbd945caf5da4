"""Damage samples of every format and build them: ``python tests/fuzz.py --files 1000``.

Each damaged file goes through ``kznet build`` in a process of its own. It must end with 0 or 1,
say what is wrong in words, take less than 10 seconds of a core and 1 GiB, and leave a whole case or
none.
Files that break one of these are kept, with what was printed.
"""

import argparse
import os
import random
import re
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
SAMPLES = (HERE / "data", HERE.parent.parent / "shared" / "data" / "formats")
LONGEST = 10.0
HANGS = 30 * LONGEST  # by the clock: the machine may be busy, and one that waits uses no core
LARGEST = 1 << 30
NASTY = (b"", b"null", b"-1", b"1e309", b"9" * 400, b'"', b"{", b"]", b"\0", b"\xff\xfe", b"\r\n")


def flip(data: bytes, rng: random.Random) -> bytes:
    """Turn some bytes into others."""
    result = bytearray(data)
    for _ in range(rng.choice((1, 3, 20))):
        result[rng.randrange(len(result))] = rng.randrange(256)
    return bytes(result)


def cut(data: bytes, rng: random.Random) -> bytes:
    """Leave out the end, the beginning, or a piece."""
    begin, end = sorted(rng.sample(range(len(data) + 1), 2))
    return rng.choice((data[:end], data[begin:], data[:begin] + data[end:]))


def swap(data: bytes, rng: random.Random) -> bytes:
    """Put two pieces in each other's place."""
    a, b, c = sorted(rng.choices(range(len(data) + 1), k=3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def repeat(data: bytes, rng: random.Random) -> bytes:
    """Say a piece several times."""
    begin, end = sorted(rng.choices(range(len(data) + 1), k=2))
    return data[:end] + data[begin:end] * rng.choice((1, 5)) + data[end:]


def replace(data: bytes, rng: random.Random) -> bytes:
    """Put something nasty in the place of a value."""
    found = list(re.finditer(rb'"[^"]*"|[0-9]{2,}|true|null', data)) or [re.match(b"", data)]
    for value in rng.sample(found, min(len(found), 3)):
        if value is not None:
            data = data[: value.start()] + rng.choice(NASTY) + data[value.end() :]
    return data


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (flip, cut, swap, repeat, replace)


@dataclass
class Child:
    """One build that runs."""

    pid: int
    name: str
    folder: Path
    begin: float = field(default_factory=time.monotonic)


class Outcome(NamedTuple):
    """How a build ended, and what it did wrong ("" for nothing)."""

    name: str
    code: int
    fault: str


def samples() -> list[Path]:
    """Every sample there is, in the same order everywhere."""
    files = [path for root in SAMPLES if root.is_dir() for path in root.rglob("*")]
    return sorted((path for path in files if path.is_file()), key=lambda path: path.as_posix())


def damaged(count: int, *, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents of damaged samples."""
    rng = random.Random(seed)  # noqa: S311  # damage, not secrets
    known = samples()
    for number in range(count):
        path = known[number % len(known)]
        way = rng.choice(WAYS)
        data = path.read_bytes()
        for _ in range(rng.choice((1, 1, 2))):
            data = way(data, rng) if data else data
        yield f"{number:04}-{way.__name__}-{path.parent.name}-{path.name}", data


def start(name: str, data: bytes, folder: Path) -> Child:
    """Build one file in a process of its own."""
    folder.mkdir()
    (folder / name).write_bytes(data)
    pid = os.fork()
    if pid:
        return Child(pid, name, folder)
    output = os.open(folder / "said.txt", os.O_CREAT | os.O_WRONLY)
    os.dup2(output, 1)
    os.dup2(output, 2)
    code = 70
    try:
        from kznet.cli import main

        sys.argv = ["kznet", "build", str(folder / name), "--out", str(folder / "case")]
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 70
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def ended(child: Child) -> tuple[int, float, int] | None:
    """Exit code, seconds of a core and bytes of a build that has ended; one that hangs is ended."""
    pid, status, used = os.wait4(child.pid, os.WNOHANG)
    if pid:
        cpu = used.ru_utime + used.ru_stime
        return os.waitstatus_to_exitcode(status), cpu, used.ru_maxrss << 10
    if time.monotonic() - child.begin > HANGS:
        os.kill(child.pid, 9)
    return None


def fault(child: Child, code: int, cpu: float, size: int) -> str:
    """What a build did wrong, or nothing."""
    said = (child.folder / "said.txt").read_text(encoding="utf-8", errors="replace")
    case = child.folder / "case"
    if code not in (0, 1):
        return f"exit code {code}"
    if "Traceback" in said or (code == 1 and not said.startswith("Error: ")):
        return "did not say what is wrong in words"
    if cpu > LONGEST:
        return f"took {cpu:.0f} s"
    if size > LARGEST:
        return f"took {size >> 20} MiB"
    if case.exists() != (code == 0) or len(list(child.folder.iterdir())) > 3:
        return "left something half-written"
    return ""


def run(files: Iterator[tuple[str, bytes]], folder: Path, *, jobs: int) -> list[Outcome]:
    """Build all files, some at a time."""
    outcomes: list[Outcome] = []
    running: list[Child] = []
    waiting = enumerate(files)
    more = True
    while more or running:
        while more and len(running) < jobs:
            number, (name, data) = next(waiting, (0, ("", b"")))
            more = bool(name)
            if more:
                running.append(start(name, data, folder / str(number)))
        for child in list(running):
            end = ended(child)
            if end is not None:
                running.remove(child)
                outcomes.append(Outcome(child.name, end[0], fault(child, *end)))
                if not outcomes[-1].fault:
                    shutil.rmtree(child.folder)
        time.sleep(0.002)
    return outcomes


def warm() -> None:
    """Import everything once, so that the processes begin with it."""
    import kznet.report.folder
    from kznet.loaders import load

    load(HERE / "data" / "edges" / "gephi_edges.csv")
    assert kznet.report.folder
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; 1 where any build did something wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args(words)
    folder = Path(tempfile.mkdtemp(prefix="kznet-damaged-"))
    warm()
    begin = time.monotonic()
    outcomes = run(damaged(given.files, seed=given.seed), folder, jobs=given.jobs)
    faults = [outcome for outcome in outcomes if outcome.fault]
    for name, _, what in faults:
        print(f"{name}: {what}")  # noqa: T201  # what the command is for
    ways = Counter(outcome.name.split("-")[1] for outcome in outcomes)
    listed = ", ".join(f"{count} {way}" for way, count in sorted(ways.items()))
    built = sum(outcome.code == 0 for outcome in outcomes)
    seconds = time.monotonic() - begin
    print(f"{len(outcomes)} damaged files ({listed}) in {seconds:.0f} s: ", end="")  # noqa: T201  # as above
    print(f"{built} built, the others refused in words; {len(faults)} faults")  # noqa: T201  # as above
    if faults:
        print(f"kept in {folder}")  # noqa: T201  # as above
    else:
        shutil.rmtree(folder)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
