/** A directory of sites, seen as an immutable snapshot that follows the disk. */
@NullMarked
package dev.ephpm.sites;

import org.jspecify.annotations.NullMarked;
