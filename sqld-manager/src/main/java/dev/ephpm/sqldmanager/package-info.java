/** The embedded sqld processes: extract, supervise, talk Hrana and admin. */
@NullMarked
package dev.ephpm.sqldmanager;

import org.jspecify.annotations.NullMarked;
