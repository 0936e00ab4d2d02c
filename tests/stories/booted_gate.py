"""The gate on a machine that has started anew so many times: nothing else of it is changed."""

import sys

from kiosk.composition import gate
from kiosk.gate.clock import SystemClock


def main() -> int:
    """Serve; the first argument is the number of the boot, the others are the gate's own."""
    boot, *others = sys.argv[1:]
    first = SystemClock.boot_id

    def boot_id(clock: SystemClock) -> str:
        return f"{first(clock)[:-4]}{int(boot):04d}"

    SystemClock.boot_id = boot_id  # type: ignore[method-assign,assignment]
    return gate.main(["serve", *others])


if __name__ == "__main__":
    sys.exit(main())
