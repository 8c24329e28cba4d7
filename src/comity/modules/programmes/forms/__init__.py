"""Forms of the programme's pages, made of the tables themselves."""
