"""From records to public files."""
