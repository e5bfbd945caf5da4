"""How fast and how large things are, beside others that do the same; not part of the checks."""
