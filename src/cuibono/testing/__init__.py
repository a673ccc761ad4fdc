"""Worlds whose truth is known; nothing in the package imports them."""
