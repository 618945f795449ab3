package dev.ephpm.node;

import dev.ephpm.config.HostAndPort;
import dev.ephpm.config.Setting;
import dev.ephpm.sites.Site;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/** What commands and the Node API print as JSON. */
final class Shown {
    private Shown() {}

    static JsonObject settings(List<Setting> settings) {
        JsonObject shown = new JsonObject();
        for (Setting setting : settings) {
            shown.put(
                    setting.key().name(),
                    new JsonObject().put("value", setting.value()).put("origin", setting.origin()));
        }
        return shown;
    }

    static JsonArray sites(Iterable<Site> sites) {
        JsonArray shown = new JsonArray();
        sites.forEach(site -> shown.add(site(site)));
        return shown;
    }

    static JsonObject site(Site site) {
        JsonObject shown = new JsonObject()
                .put("name", site.name())
                .put("directory", site.directory().toString())
                .put("document_root", site.documentRoot().toString())
                .put("state", site.fault().isPresent() ? "faulty" : "serving");
        site.fault().ifPresent(fault -> shown.put("fault", fault));
        return shown;
    }

    static JsonObject database(SiteAccount login, HostAndPort address, Path socket) {
        return new JsonObject()
                .put("host", address.host())
                .put("port", address.port())
                .put("socket", socket.toString())
                .put("name", login.database())
                .put("user", login.user())
                .put("password", login.password().value())
                .put("file", login.file().toString());
    }
}
