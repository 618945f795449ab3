/** Dumps: SQL text of a whole database, taken in and written out. */
@NullMarked
package dev.ephpm.litewire.dump;

import org.jspecify.annotations.NullMarked;
