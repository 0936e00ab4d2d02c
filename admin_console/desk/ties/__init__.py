"""One tie for each page: it carries the page's wishes to the desk, and its answers back.

A tie belongs to its page and ends with it; the window makes both. No widget of its own and no rule
may come in: pages show, models know, the desk asks.
"""
