package dev.ephpm.phpbridge;

import dev.ephpm.config.DataSize;
import dev.ephpm.config.IniSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything PHP must know of a site. Immutable and made once per site, so that an engine may cache its encoding by identity.
 *
 * @param name the site, for logs and metrics
 * @param directory site directory; open_basedir is this, {@code documentRoot}, {@code temporaryDirectory}, {@code
 *     sessionDirectory} and {@code readable}
 * @param temporaryDirectory {@code sys_temp_dir} and {@code upload_tmp_dir}, mode 0700, exists
 * @param sessionDirectory {@code session.save_path}, mode 0700, exists
 * @param readable further directories PHP may open, such as a shared library of PHP code
 * @param ini directives on top, in order; may not loosen the tenant's walls
 * @param environment seen by getenv() and $_SERVER, among it the database's name and password
 * @param errorLog where PHP's errors of this site go
 */
public record PhpTenant(
        String name,
        Path directory,
        Path documentRoot,
        Path temporaryDirectory,
        Path sessionDirectory,
        List<Path> readable,
        DataSize memoryLimit,
        Duration maxExecutionTime,
        List<IniSetting> ini,
        Map<String, String> environment,
        Path errorLog) {}
