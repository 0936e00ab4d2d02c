"""The whole product on one machine lives here, with simulated visitors in the other rooms.

Visitors may be given new habits as long as they speak the real wire to a real hub.
No program of the product may import it, and nothing here may replace a part of the product.
"""
