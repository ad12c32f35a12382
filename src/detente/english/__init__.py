"""How a case is said: parties, labels, levels and formulas in plain English."""
