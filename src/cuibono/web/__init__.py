"""The workbench: pages over cases, stores and dossiers, served from this machine."""
