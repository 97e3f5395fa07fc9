"""The encrypted vault: keys, database, backups."""
