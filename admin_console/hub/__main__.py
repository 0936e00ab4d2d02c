"""`python -m admin_console.hub` is `creneau-hub`."""

import sys

from admin_console.hub.composition import main

sys.exit(main())
