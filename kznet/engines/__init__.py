"""Graph engines: arrays and sparse matrices in, arrays out; no engine's type leaves here."""
