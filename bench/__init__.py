"""What is measured and tried at a length that no test suite has: scripts that print figures."""
