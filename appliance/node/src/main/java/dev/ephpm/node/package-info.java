/** Composition root, command line and distribution. */
@NullMarked
package dev.ephpm.node;

import org.jspecify.annotations.NullMarked;
