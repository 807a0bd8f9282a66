"""What the sites of one vendor share, written once for all its cities."""
