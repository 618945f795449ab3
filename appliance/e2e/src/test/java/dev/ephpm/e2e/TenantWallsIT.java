package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything one site's PHP and SQL can try against its neighbour, the launcher and the machine. */
class TenantWallsIT {
    private static final String ATTACKER = "attacker.test";
    private static final String VICTIM = "victim.test";
    private static final String SECRET = "theirs-alone";

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .environment("APPLIANCE_SECRET", "of-the-operator")
            .site(ATTACKER, site -> site.scripts("walls.php").writable("own"))
            .site(
                    VICTIM,
                    site -> site.file("secret.php", "<?php return '" + SECRET + "';")
                            .scripts("owner.php")
                            .writable("uploads"));

    @BeforeAll
    static void plant() throws IOException {
        Path attacker = appliance.siteDirectory(ATTACKER);
        Path victim = appliance.siteDirectory(VICTIM);
        Files.writeString(appliance.directory().resolve("outside.txt"), SECRET);
        Files.createSymbolicLink(attacker.resolve("planted"), victim.resolve("secret.php"));
        Files.createSymbolicLink(attacker.resolve("planted-directory"), victim);
        // The victim is as open as careless owners leave their sites.
        Command.of("chmod", "-R", "a+rwX", victim.toString()).run().expectSuccess();
        appliance
                .database(VICTIM)
                .query("CREATE TABLE secrets (s VARCHAR(20)); INSERT INTO secrets VALUES ('" + SECRET + "')");
        appliance.database(ATTACKER).query("CREATE TABLE own (s VARCHAR(20))");
        appliance.page(VICTIM, "/owner.php");
    }

    @Test
    void siteReachesItsOwnFiles() {
        assertThat(attempt("own", "")).startsWith("reached");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read",
                "relative",
                "file-url",
                "filter",
                "compress",
                "glob",
                "glob-function",
                "phar",
                "include",
                "symlink",
                "made-symlink",
                "made-symlink-directory",
                "hardlink",
                "rename",
                "copy",
                "write",
                "unlink",
                "mkdir",
                "stat",
                "scandir",
                "scandir-sites",
                "opendir",
                "spl",
                "sqlite3",
                "pdo-sqlite",
                "sqlite-attach",
                "curl-file",
                "move-upload",
                "zip",
                "highlight",
                "parse-ini",
                "md5",
                "dom",
                "entity",
                "image",
                "error-log",
                "ini-basedir",
                "ini-basedir-chdir",
                "ini-prepend",
                "set-include-path",
                "fopen-temp",
                "outside",
                "passwd",
                "proc-environ",
                "proc-parent",
                "proc-root",
                "proc-fd",
                "tempnam",
                "load-data",
                "load-file",
            })
    void neighboursFilesAreOutOfReach(String attempt) throws IOException {
        Set<String> before = files(appliance.siteDirectory(VICTIM));
        assertThat(attempt(attempt, "")).isEqualTo("refused");
        assertThat(files(appliance.siteDirectory(VICTIM))).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec",
                "shell_exec",
                "system",
                "passthru",
                "backtick",
                "popen",
                "proc_open",
                "pcntl_exec",
                "pcntl_fork",
                "mail",
                "mb_send_mail",
                "dl",
                "ffi",
                "putenv-preload",
                "ini-disable",
                "kill-launcher",
                "kill-all",
                "pcntl-signal",
                "pcntl-alarm",
                "setuid",
                "setrlimit",
                "root",
                "ini-memory",
                "dev-fd",
            })
    void programsProcessesAndLibrariesAreOutOfReach(String attempt) {
        assertThat(attempt(attempt, "")).isNotEqualTo("no such attempt").doesNotStartWith("reached");
        assertThat(attempt("own", "")).startsWith("reached");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"opcache_reset", "opcache_invalidate", "opcache_status", "opcache_cached", "opcache_compile"})
    void compiledScriptsOfOthersAreOutOfReach(String attempt) {
        appliance.page(VICTIM, "/secret.php");
        assertThat(attempt(attempt, "")).doesNotStartWith("reached");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "session-path"})
    void sessionsOfOthersAreOutOfReach(String attempt) {
        String id = appliance.page(VICTIM, "/owner.php");
        assertThat(attempt(attempt, "&id=" + id)).isEqualTo("refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"temporary", "data-directory", "token"})
    void temporaryFilesAndTheNodesDataAreOutOfReach(String attempt) {
        String result = attempt(attempt, "");
        assertThat(result).doesNotContain("kept.txt").doesNotContain(appliance.nodeApiToken());
        if (attempt.equals("data-directory")) {
            assertThat(result).isEqualTo("refused");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"environment", "phpinfo"})
    void secretsOfTheOperatorAndOfOthersAreNotInTheEnvironment(String attempt) {
        for (String needle :
                new String[] {"of-the-operator", appliance.database(VICTIM).password(), appliance.nodeApiToken()}) {
            assertThat(attempt(attempt, "&needle=" + HexFormat.of().formatHex(needle.getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo("refused");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"database-user", "database-use"})
    void databaseOfOthersIsOutOfReachOfPhp(String attempt) {
        Database victim = appliance.database(VICTIM);
        assertThat(attempt(
                        attempt, "&user=" + Call.encoded(victim.user()) + "&database=" + Call.encoded(victim.name())))
                .isEqualTo("refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ATTACH DATABASE 'FILE' AS x",
                "/**/ATTACH DATABASE 'FILE' AS x",
                "/*!ATTACH DATABASE 'FILE' AS x*/",
                "-- c\nATTACH 'FILE' AS x",
                "(ATTACH 'FILE' AS x)",
                ";ATTACH 'FILE' AS x",
                "SELECT 1; ATTACH 'FILE' AS x",
                "EXPLAIN ATTACH 'FILE' AS x",
                "EXPLAIN QUERY PLAN ATTACH 'FILE' AS x",
                "PREPARE s FROM 'ATTACH \\'FILE\\' AS x'",
                "DETACH DATABASE main",
                "VACUUM INTO 'FILE'",
                "VACUUM",
                "PRAGMA writable_schema = 1",
                "PRAGMA journal_mode = DELETE",
                "PRAGMA database_list",
                "PRAGMA temp_store_directory = '/tmp'",
                "SELECT * FROM pragma_database_list",
                "SELECT load_extension('FILE')",
                "SELECT readfile('/etc/passwd')",
                "SELECT writefile('FILE', 'x')",
                "SELECT fts3_tokenizer('x')",
                "SELECT * FROM sqlite_master",
                "UPDATE sqlite_master SET sql = ''",
                "CREATE VIRTUAL TABLE x USING fts5(a)",
                "CREATE VIRTUAL TABLE x USING csv(filename='/etc/passwd')",
                "SELECT * FROM `victim_test`.`secrets`",
                "SELECT * FROM victim_test.secrets",
                "INSERT INTO victim_test.secrets VALUES ('x')",
                "CREATE DATABASE other",
                "SELECT 1 INTO OUTFILE 'FILE'",
                "SELECT 1 INTO DUMPFILE 'FILE'",
                "LOAD DATA INFILE '/etc/passwd' INTO TABLE own",
                "CREATE TABLE main.x (a INT)",
                "CREATE TEMPORARY TABLE temp.x (a INT)",
                "CREATE USER 'x'@'%'",
                "GRANT ALL ON *.* TO 'x'@'%'",
                "SHUTDOWN",
            })
    void statementsThatReachOutsideTheSitesFileAreRefused(String statement) throws IOException {
        Path file = appliance.siteDirectory(ATTACKER).resolve("own/reached.db");
        Database database = appliance.database(ATTACKER);
        Set<String> before = files(appliance.directory());
        Command.Result result = database.mariadb(statement.replace("FILE", file.toString()));
        assertThat(result.output()).doesNotContain(SECRET).doesNotContain("root:");
        assertThat(result.exitCode()).as(result.output()).isNotZero();
        assertThat(result.errors()).contains("ERROR");
        assertThat(file).doesNotExist();
        assertThat(files(appliance.directory())).isEqualTo(before);
        assertThat(appliance.database(VICTIM).query("SELECT s FROM secrets")).containsExactly(SECRET);
    }

    @Test
    void loginWithWrongCredentialsIs1045AndCreatesNothing() throws IOException {
        Database own = appliance.database(ATTACKER);
        Database victim = appliance.database(VICTIM);
        Set<String> before = files(appliance.directory());
        for (Database wrong : new Database[] {
            own.as(own.user(), "wrong"),
            own.as(own.user(), ""),
            own.as(victim.user(), own.password()),
            own.as("nobody", own.password()),
            own.as("root", ""),
            own.as("../" + own.user(), own.password()),
            own.as(own.user().toUpperCase(java.util.Locale.ROOT), "wrong"),
            own.as("x".repeat(200), "y".repeat(1000)),
        }) {
            Command.Result result = wrong.mariadb("SELECT 1");
            assertThat(result.exitCode()).as(wrong.user()).isNotZero();
            assertThat(result.errors()).contains("1045").contains("28000");
        }
        Command.Result anonymous = Command.of(
                        "mariadb", "--no-defaults", "--protocol=tcp", "-h" + own.host(), "-P" + own.port(), "-u", "")
                .input("SELECT 1")
                .run();
        assertThat(anonymous.errors()).contains("1045");
        assertThat(files(appliance.directory())).isEqualTo(before);
    }

    @Test
    void loginReachesItsOwnDatabaseOnly() {
        Database own = appliance.database(ATTACKER);
        Database victim = appliance.database(VICTIM);
        assertThat(own.on(victim.name()).mariadb("SELECT 1").errors()).containsPattern("ERROR 10(44|49)");
        assertThat(own.failure("USE " + victim.name()).number()).isIn(1044, 1049);
        assertThat(own.query("SHOW DATABASES")).contains(own.name()).doesNotContain(victim.name());
        assertThat(own.query("SHOW TABLES")).contains("own").doesNotContain("secrets");
        assertThat(own.query(
                        "SELECT table_schema FROM information_schema.tables WHERE table_schema NOT LIKE '%schema'"))
                .allMatch(own.name()::equals);
    }

    private static String attempt(String name, String more) {
        Path theirs = appliance.siteDirectory(VICTIM).resolve("secret.php");
        Path outside = appliance.directory().resolve("outside.txt");
        Answer answer =
                appliance.get(ATTACKER, "/walls.php?try=" + name + "&theirs=" + theirs + "&outside=" + outside + more);
        // A disabled function is an Error, and an Error nobody catches is a 500: refused as well.
        return answer.status() == 500 ? "refused" : answer.text();
    }

    /** SQLite's own side files come and go while databases are read. */
    private static Set<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(Path::toString)
                    .filter(name -> !name.endsWith("-wal") && !name.endsWith("-shm"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
