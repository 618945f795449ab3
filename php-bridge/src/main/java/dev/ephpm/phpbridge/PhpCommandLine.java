package dev.ephpm.phpbridge;

import static java.util.Objects.requireNonNull;

import dev.ephpm.config.IniSetting;
import dev.ephpm.config.PhpConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * PHP as a command-line interpreter under a site's settings: its directives and environment, the user PHP runs as, but not
 * the walls between sites, because the operator has a shell anyway. {@code PHP_SAPI} is {@code cli}.
 */
public final class PhpCommandLine {
    private final PhpConfig config;
    private final Path program;

    /** @param nativeDirectory holds {@code ephpm-php} and {@code libephpm_php.so} */
    public PhpCommandLine(PhpConfig config, Path nativeDirectory) {
        this.config = requireNonNull(config, "config is null");
        this.program = nativeDirectory.resolve("ephpm-php");
    }

    /**
     * Runs PHP on this process's standard streams and in its working directory, and waits for its end. Blocking.
     *
     * @param tenant whose settings apply; empty: only those of every site
     * @param arguments as for the {@code php} command: {@code script.php args}, {@code -r code}, {@code -v} …
     * @return the exit code
     */
    public int run(Optional<PhpTenant> tenant, List<String> arguments) {
        if (!Files.isExecutable(program)) {
            throw new PhpException(
                    PhpException.Reason.UNAVAILABLE,
                    "cannot run PHP: " + program + " is missing; build the distribution again (make build)");
        }
        try {
            return start(tenant, arguments).waitFor();
        } catch (IOException e) {
            throw new PhpException(PhpException.Reason.UNAVAILABLE, "cannot run " + program + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PhpException(PhpException.Reason.UNAVAILABLE, "interrupted while PHP was running", e);
        }
    }

    private Process start(Optional<PhpTenant> tenant, List<String> arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(tenant, arguments)).inheritIO();
        builder.environment().keySet().removeIf(name -> name.startsWith("EPHPM_"));
        builder.environment().putAll(config.env());
        tenant.ifPresent(site -> builder.environment().putAll(site.environment()));
        return builder.start();
    }

    List<String> command(Optional<PhpTenant> tenant, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(), "cli", config.library().map(Path::toString).orElse(""), "--user", config.user()));
        config.iniOverrides().forEach(setting -> add(command, setting));
        tenant.ifPresent(site -> {
            add(command, new IniSetting("memory_limit", site.memoryLimit().inPhpNotation()));
            add(
                    command,
                    new IniSetting("sys_temp_dir", site.temporaryDirectory().toString()));
            site.ini().stream()
                    .filter(setting -> TenantFrame.mayBeSetBySite(setting.name()))
                    .forEach(setting -> add(command, setting));
        });
        command.addAll(arguments);
        return List.copyOf(command);
    }

    private static void add(List<String> command, IniSetting setting) {
        command.add("-d");
        command.add(setting.name() + "=" + WorkerSettings.quoted(setting.value()));
    }
}
