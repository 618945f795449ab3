#!/bin/sh
# Builds the SQLite extension: build.sh <target directory> <JDK>. Does nothing when it is newer than its sources.
set -eu

source=$(cd "$(dirname "$0")" && pwd)
target=$1
jdk=$2
library=$target/native/litewire.so

if [ -e "$library" ] && [ -z "$(find "$source" -newer "$library")" ]; then
    exit 0
fi
command -v gcc >/dev/null || { echo "litewire: gcc is missing. Run 'make setup' (Debian: apt-get install gcc)." >&2; exit 1; }
[ -e /usr/include/sqlite3ext.h ] || {
    echo "litewire: sqlite3ext.h is missing. Run 'make setup' (Debian: apt-get install libsqlite3-dev)." >&2
    exit 1
}
mkdir -p "$target/native" "$target/generated-c"
"$jdk/bin/java" "$source/FoldingTable.java" >"$target/generated-c/folding.h"
gcc -std=c11 -O2 -fPIC -shared -fvisibility=hidden -Wall -Wextra -Werror -I"$target/generated-c" \
    -o "$library.new" "$source"/*.c
mv "$library.new" "$library"
