"""One dossier, three files: a page, its Markdown twin and its JSON twin."""
