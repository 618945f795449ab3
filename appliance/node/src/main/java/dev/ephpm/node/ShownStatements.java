package dev.ephpm.node;

import dev.ephpm.litewire.statistics.Digest;
import dev.ephpm.litewire.statistics.SlowStatement;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** Statements of sites as the Node API prints them; times are seconds. */
final class ShownStatements {
    private static final double NANOS_PER_SECOND = 1e9;

    private ShownStatements() {}

    static JsonObject digests(String site, List<Digest> digests) {
        JsonArray shown = new JsonArray();
        digests.forEach(digest -> shown.add(digest(digest)));
        return new JsonObject().put("site", site).put("digests", shown);
    }

    private static JsonObject digest(Digest digest) {
        return new JsonObject()
                .put("digest", digest.hash())
                .put("statement", digest.text())
                .put("count", digest.count())
                .put("errors", digest.errors())
                .put("sum_seconds", seconds(digest.total()))
                .put("min_seconds", seconds(digest.shortest()))
                .put("avg_seconds", seconds(digest.total()) / Math.max(1, digest.count()))
                .put("max_seconds", seconds(digest.longest()))
                .put("median_seconds", seconds(digest.median()))
                .put("p95_seconds", seconds(digest.p95()))
                .put("lock_seconds", seconds(digest.lockWait()))
                .put("rows_sent", digest.rowsSent())
                .put("rows_affected", digest.rowsAffected())
                .put("first_seen", digest.firstSeen().toString())
                .put("last_seen", digest.lastSeen().toString());
    }

    static JsonArray slow(List<SlowStatement> statements) {
        JsonArray shown = new JsonArray();
        statements.forEach(slow -> shown.add(slow(slow)));
        return shown;
    }

    private static JsonObject slow(SlowStatement slow) {
        return new JsonObject()
                .put("ended", slow.ended().toString())
                .put("site", slow.site())
                .put("connection", slow.connection())
                .put("seconds", seconds(slow.time()))
                .put("lock_seconds", seconds(slow.lockWait()))
                .put("rows_sent", slow.rowsSent())
                .put("rows_affected", slow.rowsAffected())
                .put("error", slow.error())
                .put("digest", slow.digest())
                .put("statement", slow.statement())
                .put("plan", new JsonArray(slow.plan()));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS_PER_SECOND;
    }
}
