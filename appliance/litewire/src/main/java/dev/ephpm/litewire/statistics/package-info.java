/** What is known of the statements of each site: counts, times, digests, and which were slow. */
@NullMarked
package dev.ephpm.litewire.statistics;

import org.jspecify.annotations.NullMarked;
