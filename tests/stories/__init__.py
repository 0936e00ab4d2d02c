"""Stories of the house, told with the real programs."""
