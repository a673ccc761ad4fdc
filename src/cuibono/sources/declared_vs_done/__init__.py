"""Ten published figures on filmed air-strike claims of autumn 2015."""
