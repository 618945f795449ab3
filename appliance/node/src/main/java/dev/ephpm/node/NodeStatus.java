package dev.ephpm.node;

import dev.ephpm.admin.NodeState;
import dev.ephpm.sites.Sites;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** What the Node API and the readiness check tell of this node. */
final class NodeStatus implements NodeState {
    private final Sites sites;
    private final Reload reload;

    private volatile Optional<String> obstacle = Optional.of("starting");

    NodeStatus(Sites sites, Reload reload) {
        this.sites = sites;
        this.reload = reload;
    }

    @Override
    public Optional<String> obstacle() {
        return obstacle;
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
        return new JsonObject();
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
