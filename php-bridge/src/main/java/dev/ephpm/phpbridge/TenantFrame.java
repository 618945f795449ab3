package dev.ephpm.phpbridge;

import dev.ephpm.config.IniSetting;
import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns a tenant into the settings a worker keeps for it. */
final class TenantFrame {
    /** What a site's own directives may not touch: its walls, and what only the program's start can set. */
    private static final Set<String> RESERVED = Set.of(
            "open_basedir",
            "disable_functions",
            "disable_classes",
            "enable_dl",
            "extension",
            "extension_dir",
            "zend_extension",
            "sys_temp_dir",
            "upload_tmp_dir",
            "session.save_path",
            "error_log",
            "sendmail_path",
            "mail.force_extra_parameters",
            "mail.log",
            "hard_timeout",
            "soap.wsdl_cache_dir",
            "user_ini.filename",
            "realpath_cache_size",
            "realpath_cache_ttl");

    static final String TIME_LIMIT = "max_execution_time";

    private static final List<String> RESERVED_PREFIXES = List.of("opcache.", "ffi.");

    private TenantFrame() {}

    static void write(ByteBuf out, int slot, PhpTenant tenant) {
        Set<Path> roots = roots(tenant);
        List<IniSetting> changeable = changeable(tenant);
        List<IniSetting> settings = new ArrayList<>(changeable);
        settings.addAll(walls(tenant, roots));
        int start = Frames.open(out, Frames.TENANT_FRAME, 0);
        out.writeShortLE(slot);
        out.writeShortLE(settings.size());
        out.writeShortLE(changeable.size());
        out.writeShortLE(tenant.environment().size());
        out.writeShortLE(roots.size());
        Frames.text(out, tenant.name());
        for (IniSetting setting : settings) {
            Frames.text(out, setting.name());
            Frames.text(out, setting.value());
        }
        for (Map.Entry<String, String> variable : tenant.environment().entrySet()) {
            Frames.text(out, variable.getKey());
            Frames.text(out, variable.getValue());
        }
        roots.forEach(root -> Frames.text(out, root.toString()));
        Frames.close(out, start);
        if (Frames.length(out, start) > Frames.LIMIT) {
            throw new PhpException(
                    PhpException.Reason.TOO_LARGE,
                    "cannot pass the settings of site " + tenant.name() + " to PHP: ini and env together exceed "
                            + Frames.LIMIT + " bytes");
        }
    }

    /** PHP counts CPU seconds, so its own limit never ends a script before the engine's clock does. */
    static String seconds(Duration limit) {
        return Long.toString(limit.plusMillis(999).toSeconds());
    }

    static boolean mayBeSetBySite(String directive) {
        String name = directive.toLowerCase(Locale.ROOT);
        return !RESERVED.contains(name) && RESERVED_PREFIXES.stream().noneMatch(name::startsWith);
    }

    private static Set<Path> roots(PhpTenant tenant) {
        Set<Path> roots = new LinkedHashSet<>();
        roots.add(tenant.directory());
        roots.add(tenant.documentRoot());
        roots.add(tenant.temporaryDirectory());
        roots.add(tenant.sessionDirectory());
        roots.addAll(tenant.readable());
        return roots;
    }

    /** What scripts may change with ini_set() and set_time_limit(). */
    private static List<IniSetting> changeable(PhpTenant tenant) {
        List<IniSetting> settings = new ArrayList<>();
        settings.add(new IniSetting(TIME_LIMIT, seconds(tenant.maxExecutionTime())));
        tenant.ini().stream().filter(setting -> mayBeSetBySite(setting.name())).forEach(settings::add);
        return settings;
    }

    /** What they may not; last, so that nothing before can move it. */
    private static List<IniSetting> walls(PhpTenant tenant, Set<Path> roots) {
        String temporary = tenant.temporaryDirectory().toString();
        return List.of(
                new IniSetting("memory_limit", tenant.memoryLimit().inPhpNotation()),
                new IniSetting("sys_temp_dir", temporary),
                new IniSetting("upload_tmp_dir", temporary),
                new IniSetting("session.save_path", tenant.sessionDirectory().toString()),
                new IniSetting("error_log", tenant.errorLog().toString()),
                new IniSetting(
                        "open_basedir",
                        String.join(":", roots.stream().map(path -> path + "/").toList())));
    }
}
