"""The rows of a data package: schema, checks, editions, printed numbers, and a text held against the rows."""
