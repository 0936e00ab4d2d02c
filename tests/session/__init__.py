"""The brain of the workstation, without Qt, disk or network."""
