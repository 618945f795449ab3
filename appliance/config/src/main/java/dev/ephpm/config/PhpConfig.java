package dev.ephpm.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code [php]}: the PHP engine and what every site inherits.
 *
 * @param mode {@code workers} (default) or {@code embedded}
 * @param workers number of worker processes; 0 (default) means one per core, at least 2
 * @param maxRequests requests after which a worker is replaced; 0 = never; default 10000
 * @param maxWorkerMemory resident size after which a worker is replaced between requests; default 256 MiB
 * @param maxExecutionTime wall-clock limit of one request; default 30 s
 * @param memoryLimit default 128 MiB
 * @param queue requests that may wait for a worker on this node; default 256
 * @param queuePerSite the same for one site; default 64
 * @param queueTimeout how long a request may wait for a worker before 503; default 10 s
 * @param user system user the workers run as when the appliance is started as root; default {@code www-data}
 * @param errorLog {@code php.error_log}; default: each site's own log in the data directory
 * @param iniOverrides ini directives for every site, in order
 * @param env environment of every site's PHP
 * @param disableFunctions functions disabled on top of the built-in list
 * @param library {@code php.library}: libphp to load; default: found by the launcher
 */
public record PhpConfig(
        Mode mode,
        int workers,
        int maxRequests,
        DataSize maxWorkerMemory,
        Duration maxExecutionTime,
        DataSize memoryLimit,
        int queue,
        int queuePerSite,
        Duration queueTimeout,
        String user,
        Optional<Path> errorLog,
        List<IniSetting> iniOverrides,
        Map<String, String> env,
        List<String> disableFunctions,
        Optional<Path> library) {

    /** Which engine runs PHP. */
    public enum Mode {
        WORKERS,
        EMBEDDED
    }
}
