"""KEDS: machine-coded event streams of Kansas and Penn State, 1979-2006."""
