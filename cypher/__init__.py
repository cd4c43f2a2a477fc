"""The query library: one Cypher query a file."""
