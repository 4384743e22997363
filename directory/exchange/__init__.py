"""The directory's content for other systems: one neutral record, and a writer for each format."""
