"""UCDP/PRIO armed conflicts, with the states that sent troops, 1946-2024."""
