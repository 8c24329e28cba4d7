"""Comity: States and a treaty secretariat against organized crime, corruption and terrorism."""

__version__ = "0.1.0"
