"""What follows where nobody knows what a party wants: every way that its wishes may be."""
