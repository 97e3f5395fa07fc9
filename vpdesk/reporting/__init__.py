"""From what is in the vault to what may leave the house."""
