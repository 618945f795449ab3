/** PHP for the appliance: forked workers or in process, behind one interface. */
@NullMarked
package dev.ephpm.phpbridge;

import org.jspecify.annotations.NullMarked;
