"""Text in, concepts out: readers, the extraction pipeline, entity resolution and the library.

Nothing in this package imports `graph`.
"""
