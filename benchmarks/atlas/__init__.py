"""How long the atlas of a case of any size takes, and how much room."""
