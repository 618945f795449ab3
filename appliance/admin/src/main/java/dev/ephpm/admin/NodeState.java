package dev.ephpm.admin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** What the Node API tells of a node. Called on an event loop: answers must not block. */
public interface NodeState {
    /** What keeps the node from serving, or empty when it serves. */
    Optional<String> obstacle();

    JsonArray sites();

    Optional<JsonObject> site(String name);

    JsonObject workers();

    /** A site's statements by what they cost, at most {@code count}; empty for a site whose database has not been used. */
    Optional<JsonObject> digests(String site, int count);

    /** The last slow statements of a site, or of all sites; the newest first. */
    JsonArray slowStatements(Optional<String> site);

    /** Every option with value and origin, secrets masked. */
    JsonObject config();

    /** Reads the configuration again; says what was applied and what needs a restart. Fails with the problems in it. */
    Future<JsonObject> reload();
}
