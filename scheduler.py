"""The front door: one command line, and the timetable that runs it."""
