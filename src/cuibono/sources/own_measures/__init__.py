"""Tables of one's own whose rows are measures, loaded through a card."""
