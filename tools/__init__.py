"""Scripts for developers; none of them ships with the program."""
