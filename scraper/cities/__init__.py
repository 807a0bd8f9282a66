"""Each city as data: a file of facts, and code only for what is peculiar to it."""
