"""Strategic rivalries between states, 1494-2010 and 1494-2020."""
