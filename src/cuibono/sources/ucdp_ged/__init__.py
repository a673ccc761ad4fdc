"""UCDP Georeferenced Event Dataset: fatal events of organised violence."""
