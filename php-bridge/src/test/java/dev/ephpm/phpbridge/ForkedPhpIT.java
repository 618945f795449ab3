package dev.ephpm.phpbridge;

import dev.ephpm.config.PhpConfig;
import java.time.Duration;

final class ForkedPhpIT extends PhpEngineContract {
    @Override
    PhpEngine engine(PhpConfig config) {
        return new ForkedPhp(vertx, config, home.resolve("run"), NATIVE, Duration.ofSeconds(5));
    }
}
