"""Designations: whom the European Union put on its terrorist lists, and when."""
