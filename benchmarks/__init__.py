"""Benchmarks: our run, what people would use instead, and the floor, on the same generated data in one sitting.

`make bench` prints throughput, peak memory and ratios; see docs/performance.md. Nothing here is part of the product.
"""
