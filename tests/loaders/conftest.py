"""Small files to load, and short ways to say what came out of them."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kznet.dataset import Dataset

Given = Callable[[str, object], Path]
Triples = Callable[[Dataset], list[tuple[str | None, ...]]]


@pytest.fixture
def samples() -> Path:
    """Hand-made files of the formats."""
    return Path(__file__).resolve().parent.parent / "data"


@pytest.fixture
def given(tmp_path: Path) -> Given:
    """Write a file: text or bytes as they are, anything else as JSON; packed if it ends in .gz."""

    def write(name: str, content: object) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        plain = content if isinstance(content, str | bytes) else json.dumps(content)
        data = plain.encode() if isinstance(plain, str) else plain
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return write


@pytest.fixture
def triples() -> Triples:
    """Source, target and kind of every tie; None where there is no target."""

    def read(data: Dataset) -> list[tuple[str | None, ...]]:
        ties = data.ties[["source", "target", "kind"]].astype("str")
        return [
            tuple(cell if isinstance(cell, str) else None for cell in row)
            for row in ties.itertuples(index=False)
        ]

    return read


@pytest.fixture
def chat() -> Callable[..., dict[str, Any]]:
    """One chat of a Telegram export with these messages."""

    def make(*messages: dict[str, Any], **of_chat: Any) -> dict[str, Any]:
        begin = {"type": "message", "from": "Айгерим", "from_id": "user7", "text": ""}
        entries = [
            {"id": i, "date_unixtime": str(1641355200 + i), **begin, **message}
            for i, message in enumerate(messages, start=1)
        ]
        place = {"name": "Пример", "type": "public_supergroup", "id": 1500000001}
        return {**place, **of_chat, "messages": entries}

    return make
