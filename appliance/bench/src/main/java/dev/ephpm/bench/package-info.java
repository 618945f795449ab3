/** Side-by-side runs of the distribution against nginx, php-fpm and MariaDB, and JMH benchmarks of hot paths. */
@NullMarked
package dev.ephpm.bench;

import org.jspecify.annotations.NullMarked;
