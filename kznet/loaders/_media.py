"""Pictures, films and sounds, which lie beside the texts of an export and hold no ties."""

from typing import Final

_MARKS: Final = (
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"OggS",
    b"ID3",
    b"\xff\xfb",
    b"\x1a\x45\xdf\xa3",
    b"%PDF",
)
_AFTER_A_LENGTH: Final = b"ftyp"
_IN_RIFF: Final = (b"WEBP", b"WAVE", b"AVI ")


def is_media(head: bytes) -> bool:
    r"""Whether a file with this beginning is a picture, a film, a sound or a PDF.

    >>> is_media(b"\x89PNG"), is_media(b"source,target")
    (True, False)
    """
    if head[4:8] == _AFTER_A_LENGTH or (head[:4] == b"RIFF" and head[8:12] in _IN_RIFF):
        return True
    return head.startswith(_MARKS)
