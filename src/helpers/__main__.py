"""The command line: see `helpers.report.command`."""

import os
import sys

from helpers.report.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
