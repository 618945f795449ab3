package dev.ephpm.node;

import dev.ephpm.config.ApplianceConfig;
import dev.ephpm.config.ConfigException;
import dev.ephpm.config.ConfigKey;
import dev.ephpm.config.LoadedConfig;
import dev.ephpm.config.Setting;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the configuration again: applies what can change while serving, and names what needs a restart. */
final class Reload {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final Supplier<LoadedConfig> source;
    private final int verbosity;
    private final LoadedConfig started;
    private final List<Consumer<ApplianceConfig>> appliers = new CopyOnWriteArrayList<>();

    private volatile LoadedConfig current;

    Reload(LoadedConfig started, Supplier<LoadedConfig> source, int verbosity) {
        this.started = started;
        this.current = started;
        this.source = source;
        this.verbosity = verbosity;
    }

    /** Told of every configuration that was read again, on the thread that asked for it. */
    void onChange(Consumer<ApplianceConfig> applier) {
        appliers.add(applier);
    }

    ApplianceConfig config() {
        return current.appliance();
    }

    List<Setting> settings() {
        return current.settings();
    }

    /** For SIGHUP: says in the log what has happened, and goes on as before when the new configuration is wrong. */
    void run() {
        try {
            apply();
        } catch (ConfigException e) {
            LOG.error("Not reloaded, going on as before: the configuration cannot be used:\n{}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Reloading failed half way; restart when convenient", e);
        }
    }

    /** For the Node API: the same, reported. */
    synchronized JsonObject apply() {
        LoadedConfig fresh = source.get();
        List<String> applied = new ArrayList<>();
        for (ConfigKey<?> key : fresh.changedSince(current)) {
            if (key.isLive()) {
                applied.add(key.name());
            }
        }
        List<String> waiting = new ArrayList<>();
        for (ConfigKey<?> key : fresh.changedSince(started)) {
            if (!key.isLive()) {
                waiting.add(key.name());
            }
        }
        Logging.configure(fresh.appliance().server().logging(), verbosity);
        appliers.forEach(applier -> applier.accept(fresh.appliance()));
        current = fresh;
        report(applied, waiting);
        return new JsonObject().put("applied", new JsonArray(applied)).put("needs_restart", new JsonArray(waiting));
    }

    private static void report(List<String> applied, List<String> waiting) {
        LOG.info(
                "Configuration read again; applied: {}",
                applied.isEmpty() ? "nothing new" : String.join(", ", applied));
        if (!waiting.isEmpty()) {
            LOG.warn("Needs a restart to take effect: {}", String.join(", ", waiting));
        }
    }
}
