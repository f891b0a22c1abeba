"""What a kernel of this project's environment does more: see `helpers.report.start.load_ipython_extension`."""

c = get_config()  # noqa: F821 - IPython gives it
c.InteractiveShellApp.extensions = ["helpers.report.start"]
# The kernel and its user share a machine: the warning that they talk without encryption misleads.
c.IPKernelApp.log_level = "ERROR"
