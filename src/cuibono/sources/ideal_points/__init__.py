"""Ideal points of states, estimated from their votes in the United Nations."""
