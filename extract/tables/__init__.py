"""The SQL of the library, a module a group of tables; `extract.library` is the way in."""
