package dev.ephpm.litewire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.dump.DumpExport;
import dev.ephpm.litewire.dump.DumpImport;
import dev.ephpm.litewire.dump.ImportListener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps go from MariaDB to a site and back without a difference. */
final class DumpsIT {
    private static final String SCHEMA = """
            CREATE TABLE numbers (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, t TINYINT, tu TINYINT UNSIGNED, s SMALLINT, m MEDIUMINT, i INT(5) ZEROFILL, u BIGINT UNSIGNED,
              d DECIMAL(15,5), f FLOAT, o DOUBLE, y YEAR, b BIT(10), o2 BOOLEAN, KEY (u), KEY both_of (s, m DESC)) AUTO_INCREMENT = 77;
            INSERT INTO numbers VALUES (1,-128,255,-32768,8388607,42,9223372036854775807,1234567890.12345,1.1,1e300,2155,b'1010101010',1),
              (2,127,0,32767,-8388608,0,0,-0.00001,-3.4e38,-2.2250738585072014e-308,1901,b'0',0),(3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL),
              (4,0,0,0,0,99999,9223372036854775806,0,0.1,0.1,0000,b'1111111111',NULL),(5,1,1,1,1,1,1,1,16777216,9007199254740993,2000,b'1',1),(6,1,1,1,1,1,1,1,1.5e-7,1.7976931348623157e308,2000,b'1',1);
            CREATE TABLE texts (a VARCHAR(40) NOT NULL, b CHAR(5), c TEXT, d LONGTEXT CHARACTER SET latin1, e VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, f ENUM('x','y''z',''), g SET('p','q'), j JSON, PRIMARY KEY (a), UNIQUE KEY (b), FULLTEXT KEY words (c)) COMMENT 'it''s "text"';
            INSERT INTO texts VALUES ('zebra','a  ','tab\\t nl\\n cr\\r nul\\0 quote\\" q\\' bs\\\\ ctrlz\\Z 😀 %_ \\\\% ;\\n-- no comment\\n/*! no */','\u00e4\u00f6\u20ac','Ab','y''z','p,q','{"a": [1, "\\\\"", null]}'),('apple',NULL,'',NULL,NULL,'',NULL,NULL),('Mango','','x','x','x','x','','[]'),('öl','ß','DELIMITER ;;','','','x','q','"😀"');
            CREATE TABLE bytes (id INT PRIMARY KEY, a BINARY(4), b VARBINARY(300), c BLOB, d LONGBLOB, e TINYBLOB);
            INSERT INTO bytes VALUES (1,'ab',x'00FF80275C220A0D1A',x'',REPEAT(x'00010203FFFE27225C', 30000),NULL),(2,x'00000000','',x'F09F98',NULL,'plain');
            CREATE TABLE moments (id INT NOT NULL, d DATE, t TIME, t3 TIME(3), dt DATETIME, dt6 DATETIME(6) NOT NULL DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6), ts TIMESTAMP NULL DEFAULT current_timestamp(), UNIQUE KEY k (id));
            INSERT INTO moments VALUES (3,'0000-00-00','-838:59:59','23:59:59.999','0000-00-00 00:00:00','2024-02-29 23:59:58.123456','2001-02-03 04:05:06'),(1,'9999-12-31','838:59:59','-00:00:00.001','1000-01-01 00:00:00','1999-01-01 00:00:00.000000',NULL),(2,'2024-00-00',NULL,NULL,NULL,'2000-01-01',NULL);
            CREATE TABLE computed (id INT PRIMARY KEY, a INT, v INT GENERATED ALWAYS AS (a + 1) VIRTUAL, s VARCHAR(20) GENERATED ALWAYS AS (concat('n', a)) STORED, CHECK (a < 1000), KEY (s));
            INSERT INTO computed (id, a) VALUES (1, 5), (2, NULL), (3, 999);
            CREATE TABLE children (id INT AUTO_INCREMENT PRIMARY KEY, parent BIGINT UNSIGNED, KEY (parent), CONSTRAINT of_number FOREIGN KEY (parent) REFERENCES numbers (id) ON DELETE CASCADE ON UPDATE SET NULL);
            INSERT INTO children VALUES (10, 1), (20, NULL), (30, 5);
            CREATE TABLE `strange ``name` (`select` INT, `a b` TEXT);
            INSERT INTO `strange ``name` VALUES (1, 'x'), (1, 'x'), (NULL, NULL);
            CREATE TABLE empty_one (a INT);
            CREATE TABLE no_key (a INT, b VARCHAR(10));
            INSERT INTO no_key VALUES (3,'c'),(1,'a'),(2,'b'),(1,'a');
            CREATE VIEW some AS SELECT id, u FROM numbers WHERE id > 1;
            CREATE VIEW alias AS SELECT s.id AS number FROM some s;
            """;

    private static final Path NATIVE = Path.of(System.getProperty("litewire.native"));

    @TempDir
    static Path directory;

    private static ClientPrograms programs;
    private static MariaDb real;

    @BeforeAll
    static void start() throws Exception {
        programs = new ClientPrograms(directory);
        real = new MariaDb(directory.resolve("mariadb"), programs);
    }

    @AfterAll
    static void stop() {
        real.close();
    }

    private static String realDump(String database, String... options) {
        return real.dumpWith(database, options);
    }

    private static DumpImport.Result load(Path site, byte[] dump) {
        DumpImport.Settings settings =
                new DumpImport.Settings(site, "wp", "normal", NATIVE, Optional.empty(), false, false);
        try (DumpImport running = DumpImport.open(settings, new Silent())) {
            return running.run("the dump", new ByteArrayInputStream(dump));
        }
    }

    private static final class Silent implements ImportListener {
        @Override
        public void begun(String message) {
            // Nobody listens.
        }

        @Override
        public void progress(long bytesRead, long rows) {
            // Nobody listens.
        }

        @Override
        public void indexing(String table) {
            // Nobody listens.
        }

        @Override
        public void replacing(int tables) {
            // Nobody listens.
        }
    }

    private static String export(Path site, boolean data, String... tables) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DumpExport.Settings settings = new DumpExport.Settings(site, "wp", NATIVE, List.of(tables), data);
        var _ = new DumpExport(settings, (_, _) -> {}).run(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What both servers say of tables: from the first table on, without what names the server. */
    private static String tables(String dump) {
        return dump.substring(dump.indexOf("-- Table structure"), dump.indexOf("/*!40103 SET TIME_ZONE=@OLD"))
                .strip();
    }

    private static void create(String database, String sql) {
        real.client("DROP DATABASE IF EXISTS " + database + "; CREATE DATABASE " + database);
        real.client("SET sql_mode = '';\n" + sql, database);
    }

    @Test
    void everyTypeGoesThereAndBack() {
        create("origin", SCHEMA);
        Path site = directory.resolve("types.db");

        DumpImport.Result result = load(site, real.dumpBytes("origin", "--hex-blob"));
        String first = export(site, true);
        create("second", "");
        assertThat(real.warnings(first, "second")).isEmpty();
        load(directory.resolve("again.db"), real.dumpBytes("second", "--hex-blob"));

        assertThat(result.omissions()).isEmpty();
        assertThat(result.warnings()).isZero();
        assertThat(result.tables()).hasSize(11);
        assertThat(tables(realDump("second", "--hex-blob"))).isEqualTo(tables(realDump("origin", "--hex-blob")));
        assertThat(export(directory.resolve("again.db"), true)).isEqualTo(first);
    }

    @Test
    void theFormIsThatOfMariaDbDump() {
        String schema =
                "CREATE TABLE a (id INT NOT NULL AUTO_INCREMENT, t TEXT, b BLOB, d DECIMAL(9,2), PRIMARY KEY (id)); INSERT INTO a VALUES (1,'it''s',x'00ff',1.50),(2,NULL,'',NULL); CREATE TABLE b (x DATE);";
        create("form", schema);
        Path site = directory.resolve("form.db");
        load(site, real.dumpBytes("form"));

        assertThat(tables(export(site, true))).isEqualTo(tables(realDump("form", "--hex-blob")));
        assertThat(tables(export(site, false))).isEqualTo(tables(realDump("form", "--no-data")));
        assertThat(export(site, true, "b")).doesNotContain("`a`").contains("CREATE TABLE `b`");
    }

    @Test
    void dumpsOfManyShapesGiveTheSameRows() {
        create("shapes", SCHEMA);
        String expected = null;
        int number = 0;
        for (List<String> options : List.of(
                List.of("--hex-blob"),
                List.<String>of(),
                List.of("--skip-extended-insert", "--complete-insert"),
                List.of("--skip-opt", "--create-options", "--quick"),
                List.of("--default-character-set=latin1", "--ignore-table=shapes.texts"),
                List.of("--insert-ignore", "--hex-blob"),
                List.of("--replace", "--hex-blob"),
                List.of("--databases", "--add-drop-database", "--hex-blob"),
                List.of("--no-autocommit", "--order-by-primary", "--skip-comments", "--tz-utc=0"),
                List.of("--compatible=no_table_options,no_key_options", "--hex-blob"))) {
            Path site = directory.resolve("shape" + number++ + ".db");
            load(site, real.dumpBytes("shapes", options.toArray(String[]::new)));
            String rows = export(site, true, "bytes", "children", "computed", "no_key", "numbers");
            expected = expected == null ? rows : expected;
            if (!options.toString().contains("compatible")) {
                assertThat(rows).as(options.toString()).isEqualTo(expected);
            }
        }
    }

    @Test
    void generatedSchemasGoThereAndBack() {
        Random random = new Random(20261120);
        for (int round = 0; round < 4; round++) {
            String sql = new GeneratedSchema(random).statements();
            create("generated", sql);
            Path site = directory.resolve("generated" + round + ".db");
            load(site, real.dumpBytes("generated"));
            create("back", "");
            assertThat(real.warnings(export(site, true), "back")).as(sql).isEmpty();
            assertThat(tables(realDump("back", "--hex-blob")))
                    .as(sql)
                    .isEqualTo(tables(realDump("generated", "--hex-blob")));
        }
    }

    @Test
    void aLargeDumpNeedsLittleMemory() throws Exception {
        real.client("DROP DATABASE IF EXISTS large; CREATE DATABASE large");
        real.client(
                "CREATE TABLE l (id INT PRIMARY KEY, t LONGTEXT); INSERT INTO l SELECT seq, REPEAT(MD5(seq), 64) FROM seq_1_to_12000;",
                "large");
        byte[] dump = real.dumpBytes("large", "--net-buffer-length=16M", "--max-allowed-packet=64M");
        assertThat(dump.length).isGreaterThan(24_000_000);
        assertThat(IntStream.range(0, dump.length).filter(i -> dump[i] == ';').count())
                .isLessThan(40);
        Path site = directory.resolve("large.db");

        assertThat(load(site, dump).rows()).isEqualTo(12_000);
        assertThat(export(site, true)).contains("(12000,'");
    }
}
