"""What modules declare as countable, and the questions that may be asked of it.

A module says through its manifest (`countables()`) what its records are and which of their fields may be filtered,
added up or told apart. A question is data, never code: the same question gives a number and the records behind it.
Nothing here knows a subject.
"""
