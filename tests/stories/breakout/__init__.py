"""Attempts to get past the lock, each made for real against the real programs."""
