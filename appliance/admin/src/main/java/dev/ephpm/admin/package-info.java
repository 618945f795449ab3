/** Node API: health, metrics and state of this node. */
@NullMarked
package dev.ephpm.admin;

import org.jspecify.annotations.NullMarked;
