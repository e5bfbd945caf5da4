"""What the rows of an evaluation come to: a table a question."""
