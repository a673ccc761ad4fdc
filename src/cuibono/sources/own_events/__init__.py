"""Tables of one's own whose rows are events, loaded through a card."""
