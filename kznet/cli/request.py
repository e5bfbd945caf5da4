"""What to load, and what to read it against."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from kznet.cli.say import Teller
from kznet.errors import DataError

if TYPE_CHECKING:
    from kznet.cluster import Elsewhere
    from kznet.coordination import Pairing
    from kznet.dataset import Dataset
    from kznet.engines.choice import Choice
    from kznet.loaders import Options
    from kznet.network import Network
    from kznet.references import References
    from kznet.steps import Progress

_PASSWORD = re.compile(r"(://[^/@:]*:)[^@]*@")
DEMO_FILES = ("accounts.csv", "ties.csv", "posts.csv")


@dataclass(frozen=True)
class Request:
    """What to load and how, as the command line was told."""

    inputs: tuple[str, ...]
    accounts: tuple[str, ...]
    format: str | None
    platform: str | None
    kind: str | None
    direction: str
    tz: str
    source_account: str | None
    query: str | None
    by: str
    seed: int
    engine: str
    memory: str | None
    quiet: bool
    master: str | None = None
    work: str | None = None
    registry: str | None = None
    lexicon: str | None = None

    @property
    def tell(self) -> Teller:
        """Progress and remarks on stderr."""
        return Teller(quiet=self.quiet)

    @property
    def name(self) -> str:
        """Name of the case: that of the first input without its endings."""
        if not self.inputs:
            return "demo"
        if self.inputs[0] == "-":
            return "stdin"
        path = Path(self.inputs[0]).resolve()
        return path.name.partition(".")[0] or "case"

    @property
    def paths(self) -> list[str]:
        """The inputs, or the files of the shipped demo where there are none."""
        from kznet.resources import data

        if self.inputs:
            return list(self.inputs)
        self.tell.line("No input given: this is the shipped demo, a fictional world.")
        return [str(data("demo") / name) for name in DEMO_FILES]

    def dataset(self) -> "Dataset":
        """Load the inputs."""
        from kznet.loaders import load

        with self.tell.progress("reading") as progress:
            options = self._how(progress)
            found = load(self.paths, accounts=self.accounts, format=self.format, options=options)
        if self.by == "account":
            return found
        from kznet.entities import by_entity

        return by_entity(found)

    @contextmanager
    def opened(self) -> Iterator[tuple["Dataset", "Elsewhere | None"]]:
        """The dataset, and where the engine is Spark what is computed on the cluster."""
        if self.engine != "spark":
            yield self.dataset(), None
            return
        from kznet.cluster import elsewhere

        if self.by != "account" or self.query or self.format:
            raise DataError("engine 'spark' knows no --by entity, --query and --format")
        with elsewhere(
            self.paths,
            labels=self.accounts,
            options=self._how(None),
            master=self.master,
            work=self.work,
        ) as there:
            yield there.data, there

    def _how(self, progress: "Progress | None") -> "Options":
        from kznet.loaders import Direction, Options

        direction = cast(Direction, self.direction)
        return Options(
            self.platform,
            self.tz,
            self.kind,
            direction,
            self.source_account,
            self.query,
            progress,
        )

    @property
    def most_memory(self) -> int | None:
        """Bytes that work in pieces may hold, where the command line says so."""
        from kznet.memory import size

        return None if self.memory is None else size(self.memory)

    def choice(self, data: "Dataset") -> "Choice":
        """Which engines compute on this dataset; a cluster is for whole runs."""
        from kznet.engines.choice import choose

        if self.engine == "spark":
            raise click.UsageError("engine 'spark' is for kznet run; it writes a whole case")
        return choose(self.engine, rows=len(data.ties), memory=self.most_memory)

    def network(self, data: "Dataset") -> "Network":
        """The network of a dataset, for the engine that was chosen."""
        from kznet.network import network

        return replace(network(data), engine=self.choice(data).graph)

    def pairing(self, window: str) -> AbstractContextManager["Pairing"]:
        """Pairs of the inputs; of Parquet files of ties without a dataset, where duckdb is wanted.

        Such rows are taken as they stand: they are what kznet wrote.
        """
        from kznet.coordination import pairing, pairing_files
        from kznet.loaders import are_ties

        if self.engine == "duckdb" and self.inputs and are_ties(self.inputs):
            files = [Path(given) for given in self.inputs]
            return pairing_files(files, window=window, memory=self.most_memory)
        data = self.dataset()
        choice = self.choice(data)
        return pairing(data, window=window, memory=choice.memory, engine=choice.pairs)

    def references(self) -> "References":
        """Read the registry of confirmed official accounts and the lexicon, or the shipped ones."""
        from kznet.lexicon import read_lexicon
        from kznet.loaders import read_officials
        from kznet.references import References

        return References(read_officials(self.registry), read_lexicon(self.lexicon))

    def options(self) -> dict[str, Any]:
        """What a later run needs to repeat this one, for `kznet.toml`."""
        return {
            "inputs": [_PASSWORD.sub(r"\1***@", given) for given in self.inputs],
            "accounts": list(self.accounts),
            "registry": self.registry,
            "lexicon": self.lexicon,
            "format": self.format,
            "platform": self.platform,
            "kind": self.kind,
            "direction": self.direction,
            "tz": self.tz,
            "source_account": self.source_account,
            "query": self.query,
            "by": self.by,
            "engine": self.engine,
            "memory": self.memory,
            "master": self.master,
            "work": self.work,
        }
