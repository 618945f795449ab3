package dev.ephpm.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
    @TempDir
    private Path directory;

    private Path config;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(directory.resolve("sites/a.test"));
        Path broken = Files.createDirectories(directory.resolve("sites/b.test"));
        Files.writeString(broken.resolve("site.toml"), "document_root = \"public\"\n");
        config = Files.writeString(directory.resolve("ephpm.toml"), """
                [server]
                sites_dir = "%s/sites"
                [node]
                data_dir = "%s/data"
                [node_api]
                secret = "0123456789abcdef"
                """.formatted(directory, directory));
    }

    private record Result(int exitCode, String out, String err) {}

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }

    @Test
    void everyCommandHasHelpAndADescription() {
        Main.commandLine().getSubcommands().forEach((name, command) -> {
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(name)
                    .isNotEmpty();
            if (!name.equals("help")) {
                assertThat(run(name, "--help").exitCode()).as(name).isZero();
            }
        });
    }

    @Test
    void misuseIsTwoWithAHint() {
        assertThat(run().exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("serve", "--nonsense").exitCode()).isEqualTo(2);
        assertThat(run("sire").err()).contains("Did you mean");
        assertThat(run("site", "show").err()).contains("DOMAIN");
    }

    @Test
    void configCheckSaysEverythingAtOnce() throws IOException {
        Path wrong =
                Files.writeString(directory.resolve("wrong.toml"), "[server]\nlisen = 1\nmax_connections = \"x\"\n");

        Result result = run("config", "check", "-c", wrong.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .contains("wrong.toml:2:1: server.lisen: unknown key; did you mean server.listen?", "wrong.toml:3:1")
                .doesNotContain("\tat ");
        assertThat(run("config", "check", "-c", config.toString()).out()).contains("the configuration is fine");
    }

    @Test
    void configShowIsTomlThatLoadsAgain() throws IOException {
        Result shown = run("config", "show", "-c", config.toString());
        assertThat(shown.out()).contains("node_api.secret = \"********\"").doesNotContain("0123456789abcdef");

        Path again =
                Files.writeString(directory.resolve("again.toml"), shown.out().replace("********", "0123456789abcdef"));

        assertThat(run("config", "check", "-c", again.toString()).err()).isEmpty();
    }

    @Test
    void configShowAsJsonNamesValueAndOrigin() {
        JsonObject shown = new JsonObject(
                run("config", "show", "--json", "-c", config.toString()).out());

        assertThat(shown.getJsonObject("server.listen").getString("origin")).isEqualTo("default");
        assertThat(shown.getJsonObject("node.data_dir").getString("origin")).isEqualTo(config + ":4:1");
    }

    @Test
    void sitesAreListedWithTheirFaults() {
        Result text = run("site", "list", "-c", config.toString());
        assertThat(text.out()).contains("a.test  " + directory).contains("b.test  cannot be served: document_root");

        JsonArray sites = new JsonArray(
                run("site", "list", "--json", "-c", config.toString()).out());
        assertThat(sites.getJsonObject(0).getString("state")).isEqualTo("serving");
        assertThat(sites.getJsonObject(1).getString("fault")).contains("does not exist");
    }

    @Test
    void aSiteIsShownWithItsDatabaseWhileTheNodeIsStopped() throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        NodeSecret.loadOrCreate(data.resolve(DataDirectory.SECRET));

        JsonObject database = new JsonObject(run("site", "show", "a.test", "--json", "-c", config.toString())
                        .out())
                .getJsonObject("database");

        assertThat(database.getString("host")).isEqualTo("127.0.0.1");
        assertThat(database.getInteger("port")).isEqualTo(3306);
        assertThat(database.getString("socket")).isEqualTo(directory + "/data/run/mysql.sock");
        assertThat(database.getString("name")).isEqualTo("a_test");
        assertThat(database.getString("user")).isEqualTo("a.test");
        assertThat(database.getString("password")).matches("[0-9a-f]{40}");
    }

    @Test
    void anUnknownSiteIsOneSentence() {
        Result result = run("site", "show", "none.test", "-c", config.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("ephpm: There is no site none.test in " + directory
                        + "/sites; `ephpm site list` shows those there are" + System.lineSeparator());
    }

    @Test
    void versionNamesTheProgram() {
        assertThat(run("version").out()).startsWith("ephpm ");
        assertThat(run("--version").out()).isEqualTo(run("version").out());
    }
}
