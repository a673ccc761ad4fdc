"""One group of addresses a file; each page has a JSON twin."""
