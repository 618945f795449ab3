package dev.ephpm.phpbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.config.DataSize;
import dev.ephpm.config.IniSetting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PhpCommandLineIT {
    private static final Path NATIVE = Path.of("target/native").toAbsolutePath();

    @TempDir
    Path directory;

    private record Run(int code, String output, String errors) {}

    @Test
    void runsAScriptWithItsArgumentsAndStreams() throws Exception {
        Path script = Files.writeString(
                directory.resolve("s.php"),
                "#!/usr/bin/env php\n<?php echo PHP_SAPI, json_encode($argv), fgets(STDIN), ini_get('precision'),"
                        + " ini_get('memory_limit'), getenv('DB_NAME'), ini_get('date.timezone'); fwrite(STDERR, 'oops'); exit(7);");
        Run run = run("in", script.toString(), "-v", "x y");
        assertThat(run.code()).isEqualTo(7);
        assertThat(run.output())
                .isEqualTo("cli[" + quote(script.toString()) + ",\"-v\",\"x y\"]in764MwordEurope/Berlin");
        assertThat(run.errors()).isEqualTo("oops");
    }

    @Test
    void runsCodeGivenInAnOption() throws Exception {
        assertThat(run("", "-r", "echo 6 * 7;")).isEqualTo(new Run(0, "42", ""));
    }

    @Test
    void tellsItsVersionAndModules() throws Exception {
        assertThat(run("", "-v").output()).startsWith("PHP 8.").contains("OPcache");
        assertThat(run("", "-m").output()).contains("mysqli");
    }

    @Test
    void failsWhenTheScriptFails() throws Exception {
        assertThat(run("", "-r", "undefined();").code()).isEqualTo(255);
        assertThat(run("", "absent.php").errors()).contains("Could not open input file: absent.php");
        assertThat(run("", "absent.php").code()).isEqualTo(1);
        assertThat(run("", "--nonsense").code()).isEqualTo(2);
    }

    private static String quote(String path) {
        return '"' + path.replace("/", "\\/") + '"';
    }

    private Run run(String input, String... arguments) throws IOException, InterruptedException {
        PhpCommandLine php = new PhpCommandLine(PhpEngineFixture.config(1, 0), NATIVE);
        PhpEngineFixture.shared(directory);
        ProcessBuilder builder = new ProcessBuilder(php.command(Optional.of(site()), List.of(arguments)));
        builder.environment().putAll(site().environment());
        Process process = builder.start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output, errors);
    }

    private PhpTenant site() {
        return new PhpTenant(
                "a.test",
                directory,
                directory,
                directory,
                directory,
                List.of(),
                DataSize.ofMebibytes(64),
                Duration.ofSeconds(30),
                List.of(new IniSetting("precision", "7"), new IniSetting("date.timezone", "Europe/Berlin")),
                Map.of("DB_NAME", "word"),
                directory.resolve("php.log"));
    }
}
