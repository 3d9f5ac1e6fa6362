"""JupyterLab on a project: how it opens, what it saves, and what Git takes of it."""
