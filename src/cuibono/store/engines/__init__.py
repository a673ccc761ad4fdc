"""One file an engine: how to connect to it, read files with it and run expressions on it."""
