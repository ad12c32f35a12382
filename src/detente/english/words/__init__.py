"""The verbs and small words of the realizer, as data; each file begins with its format."""
