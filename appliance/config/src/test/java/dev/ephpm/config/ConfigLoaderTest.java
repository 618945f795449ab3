package dev.ephpm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    private Path directory;

    @Test
    void flagBeatsVariableBeatsFileBeatsDefault() throws IOException {
        Path file = write("[server.timeouts]\nidle = 10\nrequest = 11\nheader_read = 12\n");
        Map<String, String> environment =
                Map.of("EPHPM_SERVER__TIMEOUTS__IDLE", "20", "EPHPM_SERVER__TIMEOUTS__REQUEST", "21", "HOME", "/x");
        List<ConfigSources.Flag> flags = List.of(new ConfigSources.Flag("--idle", "server.timeouts.idle", "30s"));

        TimeoutsConfig timeouts = ConfigLoader.load(new ConfigSources(Optional.of(file), environment, flags))
                .appliance()
                .server()
                .timeouts();

        assertThat(timeouts)
                .isEqualTo(new TimeoutsConfig(Duration.ofSeconds(12), Duration.ofSeconds(30), Duration.ofSeconds(21)));
    }

    @Test
    void everyProblemIsReportedWithPlaceKeyAndSuggestion() throws IOException {
        Path file = write("""
                [server]
                lisen = "0.0.0.0:8080"
                max_connections = "many"
                fallback = ["$uri", "=404", "/index.php"]
                [server.security]
                trusted_proxies = ["10.0.0.0/33"]
                blocked_paths = ["vendor/*"]
                [kv]
                memory_limit = "64MB"
                [php]
                memory_limit = "128X"
                """);

        ConfigException thrown = problemsOf(file, Map.of("EPHPM_PHP__WORKRS", "4"));

        assertThat(thrown.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        file + ":2:1: server.lisen: unknown key; did you mean server.listen?",
                        file + ":3:1: server.max_connections: expected a whole number from 1 to 1000000, "
                                + "found the text \"many\"",
                        file
                                + ":4:1: server.fallback: entry 2: a status ends the chain, so it can only be the last entry",
                        file + ":6:1: server.security.trusted_proxies: entry 1: expected a CIDR range, "
                                + "found \"10.0.0.0/33\" (the part after / is a number from 0 to 32)",
                        file + ":7:1: server.security.blocked_paths: entry 1: expected a path pattern, "
                                + "found \"vendor/*\" (a pattern starts with / or *)",
                        file + ":8:1: kv: not supported by this version; remove it",
                        file + ":11:1: php.memory_limit: expected bytes from 2MB to 1TB, such as \"64MB\", "
                                + "found \"128X\" (units are B, KB, MB, GB and TB)",
                        "EPHPM_PHP__WORKRS: php.workrs: unknown key; did you mean php.workers?");
    }

    @Test
    void brokenTomlNamesTheLine() throws IOException {
        Path file = write("[server]\nlisten = \n");

        ConfigException thrown = problemsOf(file, Map.of());

        assertThat(thrown.problems()).hasSize(1);
        assertThat(thrown.problems().getFirst().toString()).startsWith(file + ":2:10: not valid TOML");
    }

    @Test
    void missingFileIsAProblemAndNotAStackTrace() {
        Path file = directory.resolve("none.toml");

        assertThatThrownBy(() -> load(file, Map.of()))
                .hasMessage(file + ": the file does not exist; create it or name another one");
    }

    @Test
    void aSectionIsNotAValue() throws IOException {
        ConfigException thrown = problemsOf(write("server = 3\n[[php]]\nworkers = 2\n"), Map.of());

        assertThat(thrown.problems())
                .extracting(Problem::message)
                .containsExactly(
                        "this is a section, not a value; write [server]",
                        "this is a section, not a value; write [php] once, with single brackets");
    }

    @Test
    void listsAndTablesInVariablesAreToml() {
        ApplianceConfig config = load(
                        Optional.empty(),
                        Map.of(
                                "EPHPM_SERVER__INDEX_FILES",
                                "[\"a.php\", 'b.html']",
                                "EPHPM_PHP__INI_OVERRIDES",
                                "[[\"date.timezone\", \"UTC\"]]",
                                "EPHPM_PHP__ENV",
                                "{ APP_ENV = \"test\" }",
                                "EPHPM_PHP__ENV__Mixed_Case",
                                "yes, as it stands",
                                "EPHPM_SERVER__PROXY_PROTOCOL",
                                "TRUE"))
                .appliance();

        assertThat(config.server().indexFiles()).containsExactly("a.php", "b.html");
        assertThat(config.server().proxyProtocol()).isTrue();
        assertThat(config.php().iniOverrides()).containsExactly(new IniSetting("date.timezone", "UTC"));
        assertThat(config.php().env()).isEqualTo(Map.of("APP_ENV", "test", "Mixed_Case", "yes, as it stands"));
    }

    @Test
    void textInAVariableCannotSmuggleMoreToml() {
        assertThatThrownBy(() -> load(
                        Optional.empty(), Map.of("EPHPM_SERVER__INDEX_FILES", "[\"a\"]\n[server]\nlisten = \"x\"")))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void directoriesThatCannotBeServedAreProblems() throws IOException {
        Path notADirectory = Files.writeString(directory.resolve("file"), "");
        Path file = write("[server]\ndocument_root = \"%s\"\nsites_dir = \"%s\"\n"
                .formatted(notADirectory, directory.resolve("absent")));

        assertThat(problemsOf(file, Map.of()).problems())
                .extracting(Problem::message)
                .containsExactly(
                        notADirectory + " is a file; name a directory",
                        directory.resolve("absent") + " does not exist; create it or name another directory");
    }

    @Test
    void whatIsServedAndWhatIsSecretMustNotOverlap() throws IOException {
        Path root = Files.createDirectories(directory.resolve("www"));
        Path sites = Files.createDirectories(root.resolve("sites"));
        Path file = write("""
                [server]
                document_root = "%s"
                sites_dir = "%s"
                [node]
                data_dir = "%s"
                """.formatted(root, sites, sites.resolve("data")));

        assertThat(problemsOf(file, Map.of()).problems())
                .extracting(Problem::key)
                .containsExactly("server.sites_dir", "node.data_dir");
    }

    @Test
    void impossibleCombinationsAreProblems() throws IOException {
        Path file = write("""
                [server]
                listen = "0.0.0.0:9090"
                security = { rate_burst = 3 }
                [server.request]
                max_header_size = "4KB"
                max_uri_length = "5KB"
                [php]
                queue = 10
                queue_per_site = 11
                """);

        assertThat(problemsOf(file, Map.of()).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "default: node_api.listen: port 9090 is already that of server.listen; choose another one",
                        file + ":9:1: php.queue_per_site: it is above php.queue; lower it or raise the other",
                        file + ":6:1: server.request.max_uri_length: it is above server.request.max_header_size; "
                                + "lower it or raise the other",
                        file + ":3:14: server.security.rate_burst: a burst without a rate; "
                                + "set server.security.rate_limit too");
    }

    @Test
    void aDefaultGivesWayToABoundSomebodySet() throws IOException {
        ApplianceConfig config = load(
                        write(
                                "[server.request]\nmax_header_size = 4096\n[php]\nqueue = 10\n[db.sqlite]\nmax_connections = 5\n"),
                        Map.of())
                .appliance();

        assertThat(config.server().request().maxUriLength()).isEqualTo(new DataSize(4096));
        assertThat(config.php().queuePerSite()).isEqualTo(10);
        assertThat(config.db().maxConnectionsPerSite()).isEqualTo(5);
    }

    @Test
    void secretsAreMaskedWhereverTheyAreShown() throws IOException {
        LoadedConfig loaded = load(write("[node_api]\nsecret = \"abcdefghijklmnopqrstuvwxyz\"\n"), Map.of());

        assertThat(loaded.settings().toString()).contains("********").doesNotContain("abcdefghijklmnop");
        assertThat(loaded.appliance().toString()).doesNotContain("abcdefghijklmnop");
    }

    @Test
    void aSecretThatIsRefusedIsNotRepeated() throws IOException {
        ConfigException thrown = problemsOf(write("[node_api]\nsecret = \"hunter2\"\n"), Map.of());

        assertThat(thrown.getMessage()).contains("at least 16 characters").doesNotContain("hunter2");
    }

    @Test
    void changesAreNamed() throws IOException {
        LoadedConfig before = load(write("[server.timeouts]\nidle = 10\n"), Map.of());
        LoadedConfig after =
                load(write("[server.timeouts]\nidle = \"10s\"\n[php]\nmemory_limit = \"64M\"\n"), Map.of());

        assertThat(after.changedSince(before)).extracting(ConfigKey::name).containsExactly("php.memory_limit");
        assertThat(after.changedSince(before)).allMatch(ConfigKey::isLive);
    }

    private ConfigException problemsOf(Path file, Map<String, String> environment) {
        return catchThrowableOfType(ConfigException.class, () -> load(file, environment));
    }

    private static LoadedConfig load(Path file, Map<String, String> environment) {
        return load(Optional.of(file), environment);
    }

    private static LoadedConfig load(Optional<Path> file, Map<String, String> environment) {
        return ConfigLoader.load(new ConfigSources(file, environment, List.of()));
    }

    private Path write(String toml) throws IOException {
        return Files.writeString(directory.resolve("ephpm.toml"), toml);
    }
}
