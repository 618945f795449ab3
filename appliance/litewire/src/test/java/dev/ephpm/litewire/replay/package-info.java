/** Recorded traffic of real applications, replayed on litewire and on MariaDB side by side. */
@NullMarked
package dev.ephpm.litewire.replay;

import org.jspecify.annotations.NullMarked;
