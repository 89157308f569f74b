"""What a project's Python code may import of MXCP, and the worker process that runs it."""
