"""What a kernel of this project's environment does more: see `helpers.notebook.load_ipython_extension`."""

c = get_config()  # noqa: F821 - IPython gives it
c.InteractiveShellApp.extensions = ["helpers.notebook"]
