"""The command line; it imports everything, and nothing imports it."""
