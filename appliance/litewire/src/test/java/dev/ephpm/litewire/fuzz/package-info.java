/** Random input, for the bounded runs of the tests and for {@code make fuzz}. */
@NullMarked
package dev.ephpm.litewire.fuzz;

import org.jspecify.annotations.NullMarked;
