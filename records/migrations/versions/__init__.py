"""The steps, each named for the schema that it makes."""
