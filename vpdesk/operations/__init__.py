"""What a user can ask for: one transaction each, returning values."""
