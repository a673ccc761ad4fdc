"""GDELT: events coded by machine from the world's news, 1979 on."""
