"""What several tests share: real programs, displays, databases and the leak guard."""
