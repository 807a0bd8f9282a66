"""What we know of a city's meetings, and how it has changed."""
