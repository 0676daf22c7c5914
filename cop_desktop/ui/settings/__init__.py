"""The place where the program is made to suit the person and their computer."""
