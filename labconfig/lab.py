"""JupyterLab for this project: nothing is asked of the network, and nothing is kept in the user's home.

`make lab` names the folders for what it keeps; the settings of its pages stand beside this file.
"""

import os
from pathlib import Path

project = Path(__file__).resolve().parents[1]
c = get_config()  # noqa: F821 - Jupyter gives it

c.Application.log_level = "WARN"
c.ServerApp.root_dir = str(project)
# The briefing is about the project's own package; whoever names another one comes to explore it.
first = "explore" if os.environ.get("BRIEFING_PACKAGE") else "briefing"
c.LabApp.default_url = f"/lab/tree/notebooks/{first}.ipynb"
# Jupyter refuses to run as root; in a container root is often the only user.
c.ServerApp.allow_root = hasattr(os, "geteuid") and os.geteuid() == 0

c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.handlers.announcements.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
# It looks for language servers by running npm, which writes into the home.
c.LanguageServerManager.autodetect = False

# The kernels stand in another folder than the user who named the package.
if os.environ.get("BRIEFING_PACKAGE"):
    os.environ["BRIEFING_PACKAGE"] = str(Path(os.environ["BRIEFING_PACKAGE"]).resolve())
