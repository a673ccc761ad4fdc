"""United Nations General Assembly roll calls, as agreement between members."""
