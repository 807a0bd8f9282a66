"""Behind the front door: settings, one update of one city, and the report of a run."""
