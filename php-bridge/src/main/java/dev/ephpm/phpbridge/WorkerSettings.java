package dev.ephpm.phpbridge;

import dev.ephpm.config.IniSetting;
import dev.ephpm.config.PhpConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the shim is told before PHP starts.
 *
 * @param workers how many to keep alive
 * @param ini directives, in order; a later one wins
 * @param mayExecute the operator has named a program for mail()
 */
record WorkerSettings(PhpConfig config, Path socket, int workers, List<IniSetting> ini, boolean mayExecute) {
    private static final List<IniSetting> DEFAULTS = List.of(
            new IniSetting("display_errors", "0"),
            new IniSetting("log_errors", "1"),
            new IniSetting("expose_php", "0"),
            new IniSetting("opcache.memory_consumption", "128"),
            new IniSetting("opcache.interned_strings_buffer", "16"),
            new IniSetting("opcache.max_accelerated_files", "10000"),
            new IniSetting("opcache.validate_timestamps", "1"),
            new IniSetting("opcache.revalidate_freq", "1"),
            new IniSetting("realpath_cache_ttl", "2"),
            new IniSetting("sendmail_path", "/bin/false"),
            new IniSetting("session.gc_probability", "1"),
            /* mail()'s fifth argument reaches the program's command line; a forced one takes its place. */
            new IniSetting("mail.force_extra_parameters", "-i"),
            /* One timer to arm per request instead of two; the engine's own clock covers slow bodies. */
            new IniSetting("max_input_time", "-1"),
            new IniSetting("mysqlnd.collect_statistics", "0"));

    /** Not for anybody to change: other sites' walls, or things the engine relies on. */
    private static final List<IniSetting> WALLS = List.of(
            new IniSetting("opcache.enable", "1"),
            new IniSetting("opcache.use_cwd", "1"),
            new IniSetting("opcache.validate_permission", "0"),
            new IniSetting("opcache.validate_root", "0"),
            new IniSetting("opcache.restrict_api", ""),
            new IniSetting("enable_dl", "0"),
            new IniSetting("ffi.enable", "0"),
            /* One memory for all sites. */
            new IniSetting("apc.enabled", "0"),
            new IniSetting("hard_timeout", "2"));

    WorkerSettings {
        ini = List.copyOf(ini);
    }

    static WorkerSettings of(PhpConfig config, Path socket, int workers) {
        List<IniSetting> ini = new ArrayList<>(DEFAULTS);
        ini.add(new IniSetting(TenantFrame.TIME_LIMIT, TenantFrame.seconds(config.maxExecutionTime())));
        ini.addAll(config.iniOverrides());
        boolean mail = config.iniOverrides().stream()
                .anyMatch(setting -> "sendmail_path".equals(setting.name().toLowerCase(Locale.ROOT))
                        && !setting.value().isBlank());
        ini.addAll(WALLS);
        return new WorkerSettings(config, socket, workers, ini, mail);
    }

    WorkerSettings with(List<IniSetting> directives) {
        return new WorkerSettings(config, socket, workers, directives, mayExecute);
    }

    /** One per core, at least two, unless told otherwise. */
    static int count(PhpConfig config) {
        return config.workers() > 0
                ? config.workers()
                : Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    /** The block the shim reads, without its length. */
    byte[] encode(byte[] token) {
        ByteBuf out = Unpooled.buffer(1024);
        out.writeBytes(token);
        out.writeIntLE(workers);
        out.writeIntLE(config.maxRequests());
        out.writeLongLE(config.maxWorkerMemory().bytes());
        out.writeShortLE(mayExecute ? 1 : 0);
        Frames.text(out, socket.toString());
        Frames.text(out, config.user());
        Frames.text(out, lines());
        Frames.text(out, String.join(",", config.disableFunctions()));
        return ByteBufUtil.getBytes(out);
    }

    private String lines() {
        StringBuilder lines = new StringBuilder();
        for (IniSetting setting : ini) {
            lines.append(setting.name())
                    .append('=')
                    .append(quoted(setting.value()))
                    .append('\n');
        }
        return lines.toString();
    }

    /** As PHP's ini scanner reads it back: the characters that mean something to it are kept inside quotes. */
    static String quoted(String value) {
        if (value.chars().allMatch(c -> Character.isLetterOrDigit(c) || "._-/:,".indexOf(c) >= 0)) {
            return value.isEmpty() ? "\"\"" : value;
        }
        String flat = value.replace("\r", " ").replace("\n", " ");
        return flat.indexOf('"') < 0 ? '"' + flat.replace("$", "\\$") + '"' : "'" + flat.replace("'", "") + "'";
    }
}
