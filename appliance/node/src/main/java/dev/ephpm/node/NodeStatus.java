package dev.ephpm.node;

import dev.ephpm.admin.NodeState;
import dev.ephpm.http.Readiness;
import dev.ephpm.litewire.statistics.QueryStatistics;
import dev.ephpm.phpbridge.PhpEngine;
import dev.ephpm.phpbridge.PhpStatus;
import dev.ephpm.sites.Sites;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** What the Node API and the readiness check tell of this node. */
final class NodeStatus implements NodeState, Readiness {
    private final Sites sites;
    private final PhpEngine php;
    private final Reload reload;

    private final Optional<QueryStatistics> statements;

    private volatile Optional<String> phase = Optional.of("starting");

    /** @param statements empty when the databases are switched off */
    NodeStatus(Sites sites, PhpEngine php, Reload reload, Optional<QueryStatistics> statements) {
        this.sites = sites;
        this.php = php;
        this.reload = reload;
        this.statements = statements;
    }

    void serving() {
        phase = Optional.empty();
    }

    void stopping() {
        phase = Optional.of("stopping");
    }

    @Override
    public Optional<String> obstacle() {
        Optional<String> now = phase;
        return now.isPresent() || php.status().ready() ? now : Optional.of("php");
    }

    @Override
    public JsonArray sites() {
        return Shown.sites(sites.snapshot().sites());
    }

    @Override
    public Optional<JsonObject> site(String name) {
        return sites.snapshot().find(name).map(Shown::site);
    }

    @Override
    public JsonObject workers() {
        PhpStatus status = php.status();
        return new JsonObject()
                .put("ready", status.ready())
                .put("php_version", status.version())
                .put("workers", status.workers())
                .put("busy", status.busy())
                .put("queued", status.queued())
                .put("requests", status.requests())
                .put("crashes", status.crashes())
                .put("recycled", status.recycled())
                .put("timeouts", status.timeouts())
                .put("shed", status.shed());
    }

    @Override
    public Optional<JsonObject> digests(String site, int count) {
        return statements
                .filter(known -> known.sites().stream()
                        .anyMatch(counted -> counted.site().equals(site)))
                .map(known -> ShownStatements.digests(site, known.top(site, count)));
    }

    @Override
    public JsonArray slowStatements(Optional<String> site) {
        return statements
                .map(known -> ShownStatements.slow(known.slow(site.orElse(""))))
                .orElseGet(JsonArray::new);
    }

    @Override
    public JsonObject config() {
        return Shown.settings(reload.settings());
    }

    @Override
    public Future<JsonObject> reload() {
        Promise<JsonObject> answer = Promise.promise();
        Thread.ofPlatform().daemon().name("reload").start(() -> {
            try {
                answer.complete(reload.apply());
            } catch (RuntimeException e) {
                answer.fail(e);
            }
        });
        return answer.future();
    }
}
