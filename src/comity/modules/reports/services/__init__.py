"""Every write to figures and editions."""
