"""How much memory the process holds at this moment."""

import resource
import sys
from pathlib import Path

_STATM = Path("/proc/self/statm")


def used() -> int:
    """Resident bytes of this process; where the system does not tell, the most it ever had."""
    if _STATM.exists():
        return int(_STATM.read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
