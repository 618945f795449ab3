/** Metrics of this node. */
@NullMarked
package dev.ephpm.observe;

import org.jspecify.annotations.NullMarked;
