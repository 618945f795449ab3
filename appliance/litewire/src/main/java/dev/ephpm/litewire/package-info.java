/** MySQL on the wire, SQLite on disk. */
@NullMarked
package dev.ephpm.litewire;

import org.jspecify.annotations.NullMarked;
