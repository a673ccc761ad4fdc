"""Documents become sourced records: who says that who did what to whom, with the words."""
