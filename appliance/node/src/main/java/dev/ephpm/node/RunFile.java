package dev.ephpm.node;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a running node tells the command line of itself: {@code <data_dir>/run/node.json}. Zero where a listener is off or no
 * node has run.
 */
record RunFile(long pid, int httpPort, int mysqlPort, int nodeApiPort) {
    private static final RunFile NONE = new RunFile(0, 0, 0, 0);

    private static Path path(DataDirectory data) {
        return data.run().resolve("node.json");
    }

    void write(DataDirectory data) {
        JsonObject json = new JsonObject()
                .put("pid", pid)
                .put("http_port", httpPort)
                .put("mysql_port", mysqlPort)
                .put("node_api_port", nodeApiPort);
        PrivateFile.write(path(data), json.encode().getBytes(StandardCharsets.UTF_8));
    }

    static RunFile read(DataDirectory data) {
        if (!Files.isReadable(path(data))) {
            return NONE;
        }
        try {
            JsonObject json = new JsonObject(new String(PrivateFile.read(path(data)), StandardCharsets.UTF_8));
            return new RunFile(
                    json.getLong("pid", 0L),
                    json.getInteger("http_port", 0),
                    json.getInteger("mysql_port", 0),
                    json.getInteger("node_api_port", 0));
        } catch (DecodeException | ClassCastException e) {
            return NONE;
        }
    }
}
