"""Militarized interstate disputes, by state and opponent: COW 1816-2014, GML 1816-2010."""
