/** The request path: listeners, pipeline, static files, compression, limits. */
@NullMarked
package dev.ephpm.http;

import org.jspecify.annotations.NullMarked;
