#!/bin/sh
# Builds the SQLite extension and its variant for sqld: build.sh <target directory> <JDK> [<more compiler flags>]. Does nothing when it is newer than its sources.
set -eu

source=$(cd "$(dirname "$0")" && pwd)
target=$1
jdk=$2
more_flags=${3:-}
library=$target/native/litewire.so

java=$source/../java/dev/ephpm/litewire/sqlite
resources=$source/../resources

if [ -e "$library" ] && [ -z "$(find "$source" "$java/WeightsHeader.java" "$java/WeightTable.java" \
    "$resources/dev/ephpm/litewire/sqlite" -newer "$library")" ]; then
    exit 0
fi
command -v gcc >/dev/null || { echo "litewire: gcc is missing. Run 'make setup' (Debian: apt-get install gcc)." >&2; exit 1; }
[ -e /usr/include/sqlite3ext.h ] || {
    echo "litewire: sqlite3ext.h is missing. Run 'make setup' (Debian: apt-get install libsqlite3-dev)." >&2
    exit 1
}
mkdir -p "$target/native" "$target/generated-c"
"$jdk/bin/java" -cp "$resources" "$java/WeightsHeader.java" >"$target/generated-c/weights.h"
"$jdk/bin/java" "$source/CaseTable.java" >"$target/generated-c/cases.h"
# What is in every SQLite that opens a site's file; the rest belongs to one way of opening it.
shared=$(ls "$source"/*.c | grep -v -e /litewire.c -e /guard.c -e /statements.c -e /snapshots.c -e /rows.c)
compile() {
    gcc -std=c11 -O2 -fPIC -shared -fvisibility=hidden -Wall -Wextra -Werror $more_flags -I"$source" -I"$target/generated-c" "$@" -lm
}
compile -o "$target/native/litewire-sqld.so" $shared "$source"/sqld/*.c
compile -o "$library.new" "$source"/*.c
mv "$library.new" "$library"
