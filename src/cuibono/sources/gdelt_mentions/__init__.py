"""GDELT mentions: who reported which event of GDELT, and when, February 2015 on."""
