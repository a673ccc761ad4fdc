"""One section of a dossier per file: what was found, put into sentences that quote figures."""
