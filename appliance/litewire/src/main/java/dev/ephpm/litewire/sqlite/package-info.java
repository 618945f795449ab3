/** SQLite files: pools, the writer queue, functions, collations, the authorizer. */
@NullMarked
package dev.ephpm.litewire.sqlite;

import org.jspecify.annotations.NullMarked;
