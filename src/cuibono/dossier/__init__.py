"""The dossier layer."""
