#!/usr/bin/env bash
# Installs the system packages that a command of the Makefile needs, and only those missing.
#
#   installers/prepare.sh run          what `make run` needs
#   installers/prepare.sh run test     what `make test` needs besides
#
# PYTHON names the interpreter that will make the environment (python3 unless told).
set -euo pipefail

list="$(dirname "$0")/system-packages.txt"
python="${PYTHON:-python3}"

say() { printf 'prepare: %s\n' "$*" >&2; }

if [ "$#" -eq 0 ]; then
    say "usage: prepare.sh run|test..."
    exit 2
fi

wanted() { # names under the heading [$1]
    awk -v heading="[$1]" '
        /^\[/ { inside = ($0 == heading); next }
        inside && !/^#/ && NF { print $1 }' "$list"
}

optional() { # may be left out where the system has no such package
    grep -qE "^$1[[:space:]]+\\?" "$list"
}

installed() { # one of the two names is enough; dpkg-query complains about the other
    local states
    states="$(dpkg-query --show --showformat '${db:Status-Status}\n' "$1" "$1t64" 2>/dev/null || true)"
    grep -qx installed <<<"$states"
}

present() { # installed as a package, or there by another road
    case "$1" in
        postgresql) compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ;;
        xvfb) command -v Xvfb >/dev/null ;;
        xdotool) command -v xdotool >/dev/null ;;
        openbox) command -v openbox >/dev/null ;;
        xserver-xephyr) command -v Xephyr >/dev/null ;;
        chromium) command -v chromium >/dev/null ;;
        *) installed "$1" ;;
    esac
}

missing=()
"$python" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)

for heading in "$@"; do
    while read -r name; do
        # Without dpkg nobody can tell which libraries are there: only programs are looked for.
        if ! command -v dpkg-query >/dev/null; then
            case "$name" in postgresql | xvfb | xdotool) ;; *) continue ;; esac
        fi
        present "$name" || missing+=("$name")
    done < <(wanted "$heading")
done

[ "${#missing[@]}" -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
    say "this system has no apt-get. Please install what Debian calls: ${missing[*]}"
    exit 1
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        say "not root, and no sudo here. Please install as root: apt-get install ${missing[*]}"
        exit 1
    fi
    as_root=(sudo)
fi

say "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
# A machine that has just been made has no lists, or lists too old to be true.
"${as_root[@]}" apt-get update -q >/dev/null
names=()
for name in "${missing[@]}"; do
    if [ -n "$(apt-cache search --names-only "^${name}t64\$")" ]; then
        name="${name}t64"
    fi
    if optional "$name" && [ -z "$(apt-cache search --names-only "^${name}\$")" ]; then
        say "this system has no package $name: what needs it is skipped"
        continue
    fi
    names+=("$name")
done
[ "${#names[@]}" -gt 0 ] || exit 0
if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${names[@]}" >/dev/null; then
    say "apt-get could not install: ${names[*]}"
    exit 1
fi
