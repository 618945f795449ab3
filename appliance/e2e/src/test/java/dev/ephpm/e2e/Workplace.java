package dev.ephpm.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The directory one appliance lives in: its configuration file, sites, data and log. Readable by PHP's user. */
final class Workplace {
    private final Path directory;
    private final Map<String, Object> settings = new LinkedHashMap<>();

    Workplace() {
        try {
            directory = Files.createTempDirectory("ephpm-e2e-").toRealPath();
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.createDirectory(sites());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a directory for an appliance", e);
        }
        set("server.listen", "127.0.0.1:" + Ports.free());
        set("server.sites_dir", sites().toString());
        set("server.graceful_shutdown_timeout", "10s");
        set("node.id", "e2e");
        set("node.data_dir", data().toString());
        set("node_api.listen", "127.0.0.1:" + Ports.free());
        set("db.sqlite.proxy.mysql_listen", "127.0.0.1:" + Ports.free());
    }

    Path directory() {
        return directory;
    }

    Path sites() {
        return directory.resolve("sites");
    }

    Path data() {
        return directory.resolve("data");
    }

    Path log() {
        return directory.resolve("appliance.log");
    }

    Path configFile() {
        return directory.resolve("ephpm.toml");
    }

    /** Sets one key by its dotted name; values are strings, numbers, booleans, lists of them and maps. */
    void set(String key, Object value) {
        settings.put(key, value);
    }

    int port(String key) {
        String address = String.valueOf(settings.get(key));
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    boolean isOn(String key) {
        return Boolean.TRUE.equals(settings.get(key));
    }

    void writeConfig() {
        String text = settings.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + toml(entry.getValue()) + "\n")
                .collect(Collectors.joining());
        try {
            Files.writeString(configFile(), text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + configFile(), e);
        }
    }

    String logText() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + log(), e);
        }
    }

    void delete() {
        Command.of("rm", "-rf", directory.toString()).run().expectSuccess();
    }

    private static String toml(Object value) {
        return switch (value) {
            case String text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case List<?> list -> list.stream().map(Workplace::toml).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> '"' + String.valueOf(entry.getKey()) + "\" = " + toml(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> String.valueOf(value);
        };
    }
}
