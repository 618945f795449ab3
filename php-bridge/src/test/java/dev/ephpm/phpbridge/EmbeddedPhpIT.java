package dev.ephpm.phpbridge;

import dev.ephpm.config.PhpConfig;
import java.time.Duration;

/** The contract in this very process: everything but the isolation of crashes and the end of a sleeping script. */
final class EmbeddedPhpIT extends PhpEngineContract {
    @Override
    PhpEngine engine(PhpConfig config) {
        return new EmbeddedPhp(vertx, config, home.resolve("run"), NATIVE, Duration.ofSeconds(5));
    }
}
