"""ICEWS: machine-coded events, 1995-2023."""
