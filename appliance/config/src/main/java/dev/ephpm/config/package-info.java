/** ephpm.toml, site.toml, {@code EPHPM_*} variables and flags, read into validated records. */
@NullMarked
package dev.ephpm.config;

import org.jspecify.annotations.NullMarked;
