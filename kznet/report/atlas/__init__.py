"""The atlas: communities, then one of them, then one account; readable at any size."""
