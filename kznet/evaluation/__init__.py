"""Calls held against planted truth, and against what other methods say of the same events."""
