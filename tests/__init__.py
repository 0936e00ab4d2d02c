"""The tests of the house; they mirror its packages and read as its rules."""
