"""Every check in one command: ``python tests/check.py`` (words after it go to pytest)."""

import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sysconfig.get_path("scripts"))
CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
    ("pytest", "--numprocesses", "auto", "-rs"),
)


def main() -> int:
    """Run the checks in turn; the first that fails ends it with its code."""
    for name, *words in CHECKS:
        more = sys.argv[1:] if name == "pytest" else []
        print(f"· {' '.join([name, *words])}", flush=True)  # noqa: T201  # says what runs
        code = subprocess.run([SCRIPTS / name, *words, *more], cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
