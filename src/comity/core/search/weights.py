"""The numbers of the ranking, each with the measurement it came from."""

PIECE_TOKENS = 80
