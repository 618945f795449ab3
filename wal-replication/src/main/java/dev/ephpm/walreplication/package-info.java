/** Where replicated databases stand, whether they may be read here, and who may write them. */
@NullMarked
package dev.ephpm.walreplication;

import org.jspecify.annotations.NullMarked;
