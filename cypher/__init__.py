"""Named Cypher statements, one a file, and their loader; they come with the Neo4j store (#6)."""
