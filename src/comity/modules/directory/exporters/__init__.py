"""Writing authorities: CSV and JSON that can be read back, vCard and PDF for people."""
