"""Reads files of the programme's records: the pure readers run in a limited child process (`core.vault.sandbox`)."""
