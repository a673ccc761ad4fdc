"""POLECAT: machine-coded PLOVER events in seven languages, 2018 on."""
