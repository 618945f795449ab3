package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code ephpm site import} and {@code export} on sites that are served meanwhile. */
class ImportExportIT {
    private static final String HOST = "imported.test";
    private static final String PAGE =
            "<?php $db = new mysqli(getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), getenv('DB_NAME'));"
                    + " echo $db->query('SELECT MAX(title) FROM posts')->fetch_row()[0];";
    private static final String OLD = "DROP TABLE IF EXISTS posts; CREATE TABLE posts (id INT PRIMARY KEY, title TEXT);"
            + " INSERT INTO posts VALUES (1, 'old'); CREATE TABLE IF NOT EXISTS kept (v INT); ";
    private static final int LARGE_ROWS = 60_000;

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .site(HOST, site -> site.file("index.php", PAGE))
            .site("exported.test", site -> site.file("index.php", PAGE))
            .site("faulty.test", site -> site.file("index.php", PAGE));

    private static String posts(String title) {
        return "-- MariaDB dump 10.19\n/*!40101 SET NAMES utf8mb4 */;\nDROP TABLE IF EXISTS `posts`;\nCREATE TABLE `posts` ("
                + "`id` int(11) NOT NULL AUTO_INCREMENT, `title` varchar(40) NOT NULL, `body` text, PRIMARY KEY (`id`),"
                + " KEY `title` (`title`)) ENGINE=InnoDB;\nINSERT INTO `posts` VALUES (1,'"
                + title + "','ä')";
    }

    private static Path file(String name) {
        return appliance.directory().resolve(name);
    }

    private static Path dump(String name, String title) throws IOException {
        return Files.writeString(file(name), posts(title) + ";\n-- Dump completed\n");
    }

    /** About 80 MB of rows in statements of 16 MB. */
    private static Path largeDump() throws IOException {
        Path file = file("large.sql");
        String body = "lorem ipsum dolor sit amet \\'quoted\\' \\n ".repeat(30);
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write(posts("new"));
            for (int id = 2; id <= LARGE_ROWS; id++) {
                String row = "(" + id + ",'a title of " + id + "','" + body + "')";
                out.write((id % 12_000 == 0 ? ";\nINSERT INTO `posts` VALUES " : ",") + row);
            }
            out.write(";\n-- Dump completed\n");
        }
        return file;
    }

    private static List<String> importLine(String host, Path dump) {
        return List.of(
                Distribution.program().toString(),
                "site",
                "import",
                "-c",
                appliance.configFile().toString(),
                host,
                dump.toString(),
                "--yes");
    }

    @Test
    void aSiteIsServedFromItsOldDataUntilAnInterruptedImportIsWhole() throws Exception {
        appliance.database(HOST).query(OLD + "INSERT INTO kept VALUES (42);");
        Path dump = largeDump();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<List<String>> visits = Background.start(() -> {
            List<String> pages = new ArrayList<>();
            while (!over.get()) {
                pages.add(appliance.page(HOST, "/"));
            }
            return pages;
        });
        Path beside = appliance.siteDirectory(HOST).resolve("ephpm.db-import");

        Process process = new ProcessBuilder(importLine(HOST, dump))
                .redirectErrorStream(true)
                .redirectOutput(file("killed.log").toFile())
                .start();
        Eventually.within(Duration.ofSeconds(60), "the import is half way", () -> size(beside) > 24 << 20);
        process.destroyForcibly().waitFor();
        assertThat(appliance.page(HOST, "/")).isEqualTo("old");
        assertThat(appliance.get(HOST, "/ephpm.db-import").status()).isEqualTo(403);

        Command.Result result = Command.of(importLine(HOST, dump))
                // An import of any size makes do with little memory.
                .with("EPHPM_JAVA_OPTS", "-Xmx96m")
                .run()
                .expectSuccess();
        over.set(true);

        assertThat(result.errors()).contains("going on with the import");
        assertThat(result.output()).contains("60,000 rows in 1 tables into " + HOST, "Replaced: posts");
        assertThat(visits.join()).isSubsetOf("old", "new").contains("old").startsWith("old");
        assertThat(appliance.page(HOST, "/")).isEqualTo("new");
        Database database = appliance.database(HOST);
        assertThat(database.query("SELECT COUNT(*), COUNT(DISTINCT title), MAX(LENGTH(body)) FROM posts"))
                .containsExactly("60000\t60000\t1140");
        assertThat(database.value("SELECT v FROM kept")).isEqualTo("42");
        database.query("INSERT INTO posts (title) VALUES ('written after')");
        assertThat(Files.exists(beside)).isFalse();
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatCannotBeImportedIsSaidAndChangesNothing() throws Exception {
        appliance.database("faulty.test").query(OLD);
        Path good = dump("good.sql", "new");
        Path packed = file("cut.sql.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(Files.readAllBytes(good));
        }
        byte[] bytes = Files.readAllBytes(packed);
        Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));
        Path cut = Files.writeString(file("cut.sql"), posts("cut") + ";\n");
        Path wrong = Files.writeString(file("wrong.sql"), "<html>404</html>");
        Path newer = Files.writeString(
                file("newer.sql"),
                "CREATE TABLE vectors (v VECTOR(5) NOT NULL);\nINSERT INTO vectors VALUES (x'00');\n");

        assertThat(failure(packed)).contains("was not copied completely");
        assertThat(failure(cut)).contains("\"-- Dump completed\", is missing");
        assertThat(failure(wrong)).contains("line 1: <html>404</html>", "ERROR 1064");
        assertThat(failure(newer)).contains("line 1: CREATE TABLE vectors", "ERROR 4161");
        assertThat(failure(file("absent.sql"))).contains("there is no such file");
        Command.Result unasked = appliance
                .command("site", "import", "faulty.test", good.toString())
                .run();
        assertThat(unasked.exitCode()).isEqualTo(1);
        assertThat(unasked.errors()).contains("has 2 tables", "--yes");
        assertThat(appliance.command("site", "import", "faulty.test").run().exitCode())
                .isEqualTo(2);
        assertThat(appliance.page("faulty.test", "/")).isEqualTo("old");

        Command.Result piped = appliance
                .command("site", "import", "faulty.test", "-", "--yes", "--json")
                .input(Files.readAllBytes(good))
                .run()
                .expectSuccess();
        assertThat(piped.output()).contains("\"rows\" : 1", "\"replaced\" : [ \"posts\" ]");
        assertThat(appliance.page("faulty.test", "/")).isEqualTo("new");
    }

    private static String failure(Path dump) {
        Command.Result result = Command.of(importLine("faulty.test", dump)).run();
        assertThat(result.exitCode()).as(result.output() + result.errors()).isEqualTo(1);
        assertThat(result.errors()).doesNotContain("\tat ");
        return result.errors();
    }

    @Test
    void anExportLoadsIntoMariaDbAndComesBack() {
        Database site = appliance.database("exported.test");
        site.query(OLD
                + "INSERT INTO posts VALUES (2, 'it''s 😀 \\n\\\\'); CREATE VIEW titles AS SELECT title FROM posts;");
        Path file = file("exported.sql.gz");

        Command.Result result = appliance
                .command("site", "export", "exported.test", file.toString(), "--json")
                .run()
                .expectSuccess();
        byte[] text = appliance
                .command("site", "export", "exported.test")
                .run()
                .expectSuccess()
                .outputBytes();

        assertThat(result.output()).contains("\"rows\" : 2");
        assertThat(new String(text, StandardCharsets.UTF_8)).endsWith("-- Dump completed\n");
        assertThat(Command.of("gzip", "-dc", file.toString()).run().outputBytes())
                .isEqualTo(text);
        try (MariaDbServer server = MariaDbServer.start("exported")) {
            Database real = server.database();
            assertThat(real.client("mariadb", "--show-warnings", real.name())
                            .input(text)
                            .run()
                            .expectSuccess()
                            .output())
                    .isEmpty();
            assertThat(real.query("SELECT * FROM titles")).isEqualTo(site.query("SELECT * FROM titles"));
            byte[] back = real.client("mariadb-dump", "--hex-blob", "--routines", "--triggers", "--events", real.name())
                    .run()
                    .expectSuccess()
                    .outputBytes();
            appliance
                    .command("site", "import", "exported.test", "-", "--yes")
                    .input(back)
                    .run()
                    .expectSuccess();
        }
        assertThat(tables(appliance
                        .command("site", "export", "exported.test")
                        .run()
                        .output()))
                .isEqualTo(tables(new String(text, StandardCharsets.UTF_8)));
    }

    /** MariaDB writes the SELECT of a view in its own way. */
    private static String tables(String dump) {
        return dump.substring(0, dump.indexOf("-- Final view structure"));
    }

    @Test
    void aFullDiskIsSaidAndTheSameCommandGoesOn() throws Exception {
        assertThat(SiteFiles.isRoot())
                .as("this test mounts a small tmpfs and must run as root")
                .isTrue();
        Path disk = Files.createDirectory(file("small-disk"));
        Command.of("mount", "-t", "tmpfs", "-o", "size=20m,mode=755", "tmpfs", disk.toString())
                .run()
                .expectSuccess();
        try {
            appliance.site(
                    "small.test",
                    site -> site.file("site.toml", "[db.sqlite]\npath = \"" + disk.resolve("small.db") + "\"\n")
                            .file("index.php", PAGE));
            Eventually.within(
                    Duration.ofSeconds(5),
                    "the site is there",
                    () -> appliance.get("small.test", "/").status() != 404);
            appliance.database("small.test").query(OLD);
            Path dump = largeDump();

            Command.Result full = Command.of(importLine("small.test", dump)).run();
            assertThat(full.exitCode()).isEqualTo(1);
            assertThat(full.errors()).contains("ERROR 1021", "Free some space");
            assertThat(appliance.page("small.test", "/")).isEqualTo("old");
            Command.of("mount", "-o", "remount,size=600m", disk.toString())
                    .run()
                    .expectSuccess();
            Command.of(importLine("small.test", dump)).run().expectSuccess();
            assertThat(appliance.page("small.test", "/")).isEqualTo("new");
        } finally {
            Command.of("rm", "-rf", appliance.siteDirectory("small.test").toString())
                    .run()
                    .expectSuccess();
            Command.of("umount", "-l", disk.toString()).run().expectSuccess();
        }
    }
}
