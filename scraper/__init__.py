"""From a city's web pages to records."""
