"""ICEWS counted by directed dyad and year, 152 states, 2002-2014."""
