package dev.ephpm.http;

import dev.ephpm.sites.HostName;
import org.jspecify.annotations.Nullable;

/**
 * A valid host and the site that answers for it.
 *
 * @param header the host as the client wrote it, port included; null when it wrote none
 */
record HostMatch(HostName host, @Nullable String header, SiteState state) {}
