package dev.ephpm.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A web server, PHP and a database that serve the same site. */
sealed interface Stack extends AutoCloseable permits Ephpm, NginxFpmMariadb {
    /** PHP processes of each stack. */
    int WORKERS = 4;

    /** The site's name, the same in both stacks so that their pages are the same. */
    String HOST = "bench.test";

    /** The same OPcache in both: what Debian ships, written out. */
    List<String> OPCACHE = List.of(
            "opcache.enable=1",
            "opcache.memory_consumption=128",
            "opcache.interned_strings_buffer=8",
            "opcache.max_accelerated_files=10000",
            "opcache.validate_timestamps=1",
            "opcache.revalidate_freq=2",
            "opcache.jit=off",
            "opcache.jit_buffer_size=0");

    String name();

    /** Starts every process; returns before they answer. */
    void start();

    /** Where the site's files are. */
    Path documentRoot();

    Site site();

    List<Service> services();

    default List<Long> processIds() {
        return services().stream().flatMap(Service::processIds).toList();
    }

    /** Stops every process. May be started again; the data stays. */
    @Override
    void close();

    /** Closes in reverse order. */
    static void closeAll(List<Service> services) {
        services.reversed().forEach(Service::close);
    }

    static Stream<String[]> opcache() {
        return OPCACHE.stream().map(setting -> setting.split("=", 2));
    }
}
