"""ATOP alliances: what one state promised another, year by year, 1815-2018."""
