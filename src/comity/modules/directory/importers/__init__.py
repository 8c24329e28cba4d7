"""Reading files of authorities: pure functions that run in a limited child process."""
