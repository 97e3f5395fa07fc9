"""Values and rules, pure Python: no Qt, database, file system, clock or randomness."""
