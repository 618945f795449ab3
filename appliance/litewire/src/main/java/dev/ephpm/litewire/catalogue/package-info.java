/** MySQL's view of a schema: exact types, SHOW, information_schema, data definition. */
@NullMarked
package dev.ephpm.litewire.catalogue;

import org.jspecify.annotations.NullMarked;
