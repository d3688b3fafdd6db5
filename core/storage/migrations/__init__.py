"""How the tables came to be: one numbered file a step, in one line, never changed once it has been released.

A step only adds (a table, an index, a column that may be empty or has a default), so that a node of the release before
goes on beside a newer one. What is to be taken away goes a release after the last one that used it.
`core.storage.schema` carries the steps out.
"""
