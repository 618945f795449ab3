#!/bin/sh
# Builds the launcher: build.sh <target directory>. Does nothing when it is newer than its source.
set -eu

source=$(cd "$(dirname "$0")" && pwd)/launcher.c
launcher=$1/native/sqld-launcher

[ ! -e "$launcher" ] || [ -n "$(find "$source" -newer "$launcher")" ] || exit 0
command -v gcc >/dev/null || { echo "sqld-manager: gcc is missing. Run 'make setup' (Debian: apt-get install gcc)." >&2; exit 1; }
mkdir -p "$1/native"
gcc -std=c11 -O2 -Wall -Wextra -Werror -o "$launcher" "$source"
