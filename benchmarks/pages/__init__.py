"""The pages in a real browser, beside stock pyvis with the same accounts and ties."""
