"""kznet beside its peers and beside the bare kernels, against the limits set for it."""
