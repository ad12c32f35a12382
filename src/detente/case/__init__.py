"""What an analyst writes: the model, the formula language, files, checks."""
