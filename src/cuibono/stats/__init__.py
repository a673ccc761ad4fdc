"""The stats layer."""
