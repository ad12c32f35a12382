"""What was said: clauses to claims."""
