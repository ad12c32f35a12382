"""The way out of a stand-off: what stands in the way, what must give, and in what order to move."""
