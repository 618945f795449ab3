/**
 * Tests of the built distribution from the outside: over sockets, the command line, MySQL's own clients and the disk.
 * Nothing here knows a class of the appliance.
 */
@NullMarked
package dev.ephpm.e2e;

import org.jspecify.annotations.NullMarked;
