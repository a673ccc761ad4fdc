"""The weighing layer."""
