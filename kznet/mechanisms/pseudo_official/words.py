"""The two tests of one account in words."""

from kznet.mechanisms.pseudo_official.comparison import Comparison


def printed(claim: str, date: str) -> str:
    """What stands beside every answer: the claim, and the day of the registry that lacks it."""
    return f"claim: {claim}; not found in the registry of {date}" if date else f"claim: {claim}"


def note(found: Comparison, first: tuple[int, int]) -> str:
    """Every figure of a test in one line; `first` is on how many posts it was, and of how many."""
    known = (
        f"known to {found.known} of {found.active} active confirmed accounts, "
        f"{found.expected:.1f} expected ({found.low} to {found.high}), p {found.p_recognition:.2g}"
    )
    cites = (
        f"cites one in {found.cited} of {found.compared}, usual {found.usual:.0%}, "
        f"p {found.p_derivation:.2g}"
    )
    smallest = f"smallest attainable p {found.smallest:.2g}"
    order = f"; first on {first[0]} of {first[1]} posts (not tested)" if first[1] else ""
    return f"{known}; {cites}; {smallest}{order}"


def reason(claim: str, date: str, found: Comparison) -> str:
    """What a call says."""
    return (
        f"claims to be official ({claim}) and is not in the registry of {date}: "
        f"{found.known} of {found.active} active confirmed accounts follow or repost it, "
        f"{found.expected:.1f} expected, and {found.cited} of its {found.compared} posts and "
        f"reposts on their subjects cite one, {found.usual:.0%} usual"
    )
