"""Every write of the directory, by what it writes."""
