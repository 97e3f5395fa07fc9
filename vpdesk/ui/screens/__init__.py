"""What is shown before and beside an open vault: first start, lock, damage, restoring."""
