"""The whole house in one process: the hub's use cases on a real store, and real workstations.

Nothing here is a model: brain, gate, journals, rules and rows are the product's own. Only cables,
clocks and hands belong to the tests, so that everything may go wrong in any order.
"""
