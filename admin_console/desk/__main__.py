"""`python -m admin_console.desk` is `creneau-desk`."""

import sys

from admin_console.desk.composition import main

sys.exit(main())
