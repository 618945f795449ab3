package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line. Exit codes: 0 done, 1 failed, 2 misused. */
class CommandLineIT {
    private static final String HOST = "cli.test";

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .site(
                    HOST,
                    site -> site.file("site.toml", "[php]\nenv = { APP_ENV = \"cli\" }\n")
                            .file("page.html", "page")
                            .file(
                                    "script.php",
                                    "<?php echo PHP_SAPI, '|', getenv('APP_ENV'), '|', getenv('DB_NAME'), '|', implode(',', array_slice($argv, 1)); exit(3);")
                            .file(
                                    "database.php",
                                    "<?php $db = new mysqli(getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), getenv('DB_NAME'), (int) getenv('DB_PORT')); echo $db->query('SELECT 6 * 7')->fetch_row()[0];"));

    @Test
    void versionNamesItself() {
        Command.Result result = Distribution.command("version").run().expectSuccess();
        assertThat(result.output()).contains("ephpm");
        assertThat(Distribution.command("--version").run().expectSuccess().output())
                .contains("ephpm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "serve --help",
                "dev --help",
                "config --help",
                "config check --help",
                "site --help",
                "site show --help",
                "site import --help",
                "site export --help",
                "php --help",
                "version --help"
            })
    void everyCommandHasHelp(String line) {
        assertThat(Distribution.command(line.split(" ")).run().expectSuccess().output())
                .contains("Usage");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "serve --nonsense", "site show", "config frobnicate"})
    void misuseIs2WithAHint(String line) {
        Command.Result result = Distribution.command(line.split(" ")).run();
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void configCheckFindsEveryMistakeWithLineAndSuggestion() throws Exception {
        Path file = Files.createTempFile("ephpm-", ".toml");
        try {
            Files.writeString(file, "[server]\nlisen = \"0.0.0.0:80\"\n[php]\nworkers = -3\nmemory_limit = \"lots\"\n");
            Command.Result result = Distribution.command("config", "check", "-c", file.toString())
                    .run();
            assertThat(result.exitCode()).isEqualTo(1);
            String said = result.output() + result.errors();
            assertThat(said)
                    .contains(
                            file.toString() + ":2",
                            ":4",
                            ":5",
                            "server.lisen",
                            "server.listen",
                            "php.workers",
                            "php.memory_limit");
            Files.writeString(file, "[php]\nworkers = 3\n");
            Distribution.command("config", "check", "-c", file.toString()).run().expectSuccess();
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void configShowMasksSecretsAndHonoursPrecedence() {
        Command.Result result = appliance
                .command("config", "show")
                .with("EPHPM_NODE_API__SECRET", "very-secret-token")
                .with("EPHPM_SERVER__TIMEOUTS__IDLE", "77s")
                .run()
                .expectSuccess();
        assertThat(result.output())
                .contains("77")
                .contains(appliance.sites().toString())
                .doesNotContain("very-secret-token");
    }

    @Test
    void siteShowTellsTheDatabase() {
        Database database = appliance.database(HOST);
        assertThat(database.name()).isEqualTo("cli_test");
        assertThat(database.port()).isEqualTo(appliance.mysqlPort());
        assertThat(appliance.command("site", "show", HOST).run().expectSuccess().output())
                .contains(database.user(), database.password());
        Command.Result unknown =
                appliance.command("site", "show", "unknown.test").run();
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.errors()).contains("unknown.test");
    }

    @Test
    void phpRunsAScriptUnderASitesSettings() {
        Path script = appliance.siteDirectory(HOST).resolve("script.php");
        Command.Result result = appliance
                .command("php", "--site", HOST, script.toString(), "one", "two")
                .run();
        assertThat(result.output()).isEqualTo("cli|cli|cli_test|one,two");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(appliance
                        .command(
                                "php",
                                "--site",
                                HOST,
                                appliance
                                        .siteDirectory(HOST)
                                        .resolve("database.php")
                                        .toString())
                        .run()
                        .expectSuccess()
                        .output())
                .isEqualTo("42");
    }

    @Test
    void devServesTheCurrentDirectoryOnAFreePort() throws Exception {
        Path directory = Files.createTempDirectory("ephpm-dev-");
        Files.writeString(directory.resolve("index.php"), "<?php echo 'dev ', 1 + 1;");
        Command.of("chmod", "755", directory.toString()).run().expectSuccess();
        Process process = new ProcessBuilder(Distribution.program().toString(), "dev")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        try {
            Eventually.within(Duration.ofSeconds(20), "dev says its address and serves", () -> {
                var address = java.util.regex.Pattern.compile("http://[^:/ ]+:(\\d+)")
                        .matcher(Files.readString(directory.resolve("log")));
                if (!address.find()) {
                    return false;
                }
                try (Wire wire = Wire.to(Integer.parseInt(address.group(1)))) {
                    return wire.call(Call.get("localhost", "/")).text().equals("dev 2");
                }
            });
        } finally {
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            Command.of("rm", "-rf", directory.toString()).run().expectSuccess();
        }
        assertThat(process.exitValue()).isZero();
    }
}
