/** The MySQL wire protocol: packets, authentication, one connection's conversation. */
@NullMarked
package dev.ephpm.litewire.protocol;

import org.jspecify.annotations.NullMarked;
