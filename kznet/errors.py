"""The error tree.

KznetError
├── DataError                a file or table is not what was wanted   (ValueError)
├── FormatError              no loader recognises a file              (ValueError)
├── UnknownNameError         a name that no registry knows            (LookupError)
├── MissingDependencyError   an optional package is not installed     (ImportError)
└── OutputError              a folder or file may not be written      (OSError)
"""


class KznetError(Exception):
    """Anything kznet can say in words; the command line prints it and exits with 1."""


class DataError(KznetError, ValueError):
    """A file or a table is not what was wanted; names the table, column and row."""


class FormatError(KznetError, ValueError):
    """No loader recognises a file; lists what was tried."""


class UnknownNameError(KznetError, LookupError):
    """A name that no registry knows; suggests the nearest."""


class MissingDependencyError(KznetError, ImportError):
    """An optional package is not installed; says how to get it."""


class OutputError(KznetError, OSError):
    """A folder or file may not be written."""
