"""Qt models that hold tuples of values and never query."""
