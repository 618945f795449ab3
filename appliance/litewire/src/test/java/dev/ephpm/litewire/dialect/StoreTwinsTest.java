package dev.ephpm.litewire.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.Warnings;
import dev.ephpm.litewire.catalogue.MySqlType;
import dev.ephpm.litewire.catalogue.TableColumn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteConfig;

/**
 * {@code mysql_store} of {@code litewire-sqld.so} against its twin in Java: the same value, the same error, the same warnings
 * for every type of column and thousands of values.
 */
class StoreTwinsTest {
    private static final int RANDOM_VALUES = 1500;
    private static final int TIMES_OF_ZONE = 3000;
    private static final int SHOWN = 20;
    private static final Pattern LONG_RUN = Pattern.compile("(.)\\1{1000,}");

    private static Connection sqlite;
    private static Connection java;

    @BeforeAll
    static void open() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.enableLoadExtension(true);
        sqlite = config.createConnection("jdbc:sqlite::memory:");
        Path extension = Path.of(System.getProperty("litewire.native"), "litewire-sqld.so")
                .toAbsolutePath();
        java = new SQLiteConfig().createConnection("jdbc:sqlite::memory:");
        SqlFunctions.register(java, Set.of());
        sqlite.createStatement().execute("SELECT load_extension('" + extension + "')");
    }

    @AfterAll
    static void close() throws SQLException {
        sqlite.close();
        java.close();
    }

    private static MySqlType type(String base, int length, int scale, boolean unsigned, String... values) {
        return new MySqlType(base, length, scale, unsigned, false, List.of(values), "utf8mb4", "utf8mb4_unicode_ci");
    }

    static Stream<MySqlType> types() {
        return Stream.of(
                type("tinyint", 4, 0, false),
                type("tinyint", 3, 0, true),
                type("smallint", -1, 0, false),
                type("mediumint", -1, 0, true),
                type("int", 11, 0, false),
                type("int", 10, 0, true),
                type("bigint", 20, 0, false),
                type("bigint", 20, 0, true),
                type("decimal", 10, 2, false),
                type("decimal", -1, 0, false),
                type("decimal", 65, 30, false),
                type("decimal", 5, 5, true),
                type("decimal", 20, 6, true),
                type("float", -1, 0, false),
                type("float", 7, 3, false),
                type("double", -1, 0, false),
                type("double", 10, 3, true),
                type("double", -1, 0, true),
                type("year", 4, 0, true),
                type("bit", 1, 0, true),
                type("bit", 8, 0, true),
                type("bit", 64, 0, true),
                type("date", -1, 0, false),
                type("time", -1, 0, false),
                type("time", -1, 3, false),
                type("datetime", -1, 0, false),
                type("datetime", -1, 6, false),
                type("timestamp", -1, 0, false),
                type("timestamp", -1, 2, false),
                type("enum", -1, 0, false, "small", "Größe", "3", "a b"),
                type("set", -1, 0, false, "a", "B", "ćé", "long one"),
                type("char", 4, 0, false),
                type("varchar", 5, 0, false),
                type("tinytext", -1, 0, false),
                type("text", -1, 0, false),
                type("longtext", -1, 0, false),
                type("binary", 4, 0, false),
                type("varbinary", 5, 0, false),
                type("tinyblob", -1, 0, false),
                type("longblob", -1, 0, false),
                type("json", -1, 0, false));
    }

    @ParameterizedTest
    @MethodSource("types")
    void cAndJavaStoreTheSame(MySqlType type) throws SQLException {
        List<String> differences = new ArrayList<>();
        TestSession session = new TestSession();
        List<@Nullable Object> values = values();
        for (int rules = 0; rules < 4; rules++) {
            StoredColumn column = column(type, rules);
            session.variables().set("time_zone", rules == 3 ? "+05:30" : "+00:00");
            int row = rules + 1;
            begin(StatementFacts.of(List.of(column), row, session));
            for (Object value : values) {
                String inJava = comparable(inJava(column, value, row, session));
                String inC = comparable(inC(value));
                if (!inJava.equals(inC)) {
                    differences.add(
                            comparable(shown(value)) + " " + column.mode() + "\nJava: " + inJava + "\nC:    " + inC);
                }
                begin(StatementFacts.of(List.of(column), row, session));
            }
        }
        assertThat(differences.stream().limit(SHOWN))
                .as("%d differences", differences.size())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca"
            })
    void zonesPutTheirClocksForwardAndBackAlike(String zone) throws SQLException {
        TestSession session = new TestSession();
        session.variables().set("time_zone", zone);
        StoredColumn column = column(type("timestamp", -1, 0, false), 0);
        List<String> differences = new ArrayList<>();
        Random random = new Random(zone.hashCode());
        begin(StatementFacts.of(List.of(column), 1, session));
        for (int i = 0; i < TIMES_OF_ZONE; i++) {
            String time = "%d-%02d-%02d %02d:%02d:00"
                    .formatted(
                            1971 + random.nextInt(66),
                            1 + random.nextInt(12),
                            1 + random.nextInt(28),
                            random.nextInt(24),
                            5 * random.nextInt(12));
            String inJava =
                    column.store(time, 1, session, session.warnings()) + " " + SessionTime.fromUtc(time, session);
            String inC = value("SELECT mysql_store(0, ?)", time) + " " + value("SELECT mysql_local_time(?)", time);
            if (!inC.equals(inJava)) {
                differences.add(time + " Java: " + inJava + " C: " + inC);
            }
        }
        assertThat(differences).isEmpty();
    }

    private static @Nullable String value(String sql, String argument) throws SQLException {
        try (PreparedStatement statement = sqlite.prepareStatement(sql)) {
            statement.setString(1, argument);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.getString(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql_number(?)", "mysql_integer(?)", "mysql_divisor(?)"})
    void cAndJavaReadTheSame(String call) throws SQLException {
        List<String> differences = new ArrayList<>();
        TestSession session = new TestSession();
        for (Object value : values()) {
            begin(StatementFacts.of(List.of(), 1, session));
            String inJava = comparable(
                    read(java, session, call, value) + " " + session.warnings().list());
            String inC = comparable(read(sqlite, session, call, value) + " "
                    + StatementFacts.result(warnings()).warnings());
            if (!inJava.equals(inC)) {
                differences.add(comparable(shown(value)) + "\nJava: " + inJava + "\nC:    " + inC);
            }
        }
        assertThat(differences.stream().limit(SHOWN))
                .as("%d differences", differences.size())
                .isEmpty();
    }

    private static String read(Connection connection, TestSession session, String call, @Nullable Object value)
            throws SQLException {
        String[] result = new String[1];
        session.warnings().clear();
        RunningStatement.run(session, List.of(), _ -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT " + call)) {
                bind(statement, value);
                try (ResultSet rows = statement.executeQuery()) {
                    result[0] = shown(rows.getObject(1));
                }
            }
        });
        return result[0];
    }

    private static byte[] warnings() throws SQLException {
        try (ResultSet rows = sqlite.createStatement().executeQuery("SELECT mysql_warnings()")) {
            return rows.getBytes(1);
        }
    }

    @Test
    void moreWarningsThanMySqlKeepsAreCountedOnly() throws SQLException {
        StoredColumn column = column(type("tinyint", -1, 0, false), 0);
        begin(StatementFacts.of(List.of(column), 1, new TestSession()));
        try (ResultSet rows = sqlite.createStatement()
                .executeQuery(
                        "SELECT sum(mysql_store(0, 1000 + value)) FROM json_each('[" + "1,".repeat(99) + "1]')")) {
            assertThat(rows.getLong(1)).isEqualTo(12_700);
        }
        try (ResultSet rows = sqlite.createStatement().executeQuery("SELECT mysql_warnings()")) {
            StatementFacts.Result result = StatementFacts.result(rows.getBytes(1));
            assertThat(result.warningCount()).isEqualTo(100);
            assertThat(result.warnings()).hasSize(64).allMatch(w -> w.number() == 1264);
        }
    }

    @Test
    void factsThatCannotBeReadAreRefused() {
        for (String facts : List.of("", "1:1", "1:11:0", "x", "99999999:1", "1:1" + "1:0".repeat(2) + "9:999999999")) {
            assertThatThrownBy(() -> begin(facts.getBytes(StandardCharsets.US_ASCII)))
                    .as(facts)
                    .hasMessageContaining("facts cannot be read");
        }
        assertThatThrownBy(() -> begin(new byte[5 << 20])).hasMessageContaining("too big");
    }

    /** SQLite's messages end at a 0, and the extension cuts long values off in them. */
    private static String comparable(String outcome) {
        return LONG_RUN.matcher(outcome.replace('\0', '\uFFFD')).replaceAll("$1*");
    }

    private static StoredColumn column(MySqlType type, int rules) {
        boolean strict = rules % 2 == 1;
        boolean odd = rules >= 2;
        TableColumn column = new TableColumn(
                "c", type, !odd, Optional.empty(), odd && type.isInteger(), Optional.empty(), Optional.empty(), "");
        SqlMode mode = new SqlMode(false, false, false, strict, odd, odd, false, false, true);
        return new StoredColumn("wp", "t", column, mode, strict, rules == 2);
    }

    private static void begin(byte[] facts) throws SQLException {
        try (PreparedStatement statement = sqlite.prepareStatement("SELECT mysql_statement(?)")) {
            statement.setBytes(1, facts);
            statement.executeQuery().close();
        }
    }

    private static String inJava(StoredColumn column, @Nullable Object value, int row, TestSession session) {
        session.warnings().clear();
        try {
            Object stored = column.store(value, row, session, session.warnings());
            return shown(stored) + " " + session.warnings().list();
        } catch (SqlError e) {
            return e.code() + " " + e.getMessage();
        }
    }

    private static String inC(@Nullable Object value) throws SQLException {
        String stored;
        try (PreparedStatement statement = sqlite.prepareStatement("SELECT mysql_store(0, ?)")) {
            bind(statement, value);
            try (ResultSet rows = statement.executeQuery()) {
                stored = shown(rows.getObject(1));
            }
        } catch (SQLException e) {
            SqlError error = StatementFacts.error(e.getMessage()).orElseThrow(() -> e);
            return error.code() + " " + error.getMessage();
        }
        try (ResultSet rows = sqlite.createStatement().executeQuery("SELECT mysql_warnings()")) {
            StatementFacts.Result result = StatementFacts.result(rows.getBytes(1));
            assertThat(result.warningCount()).isEqualTo(result.warnings().size());
            List<Warnings.Warning> warnings = result.warnings();
            return stored + " " + warnings;
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(1, Types.NULL);
            case Long whole -> statement.setLong(1, whole);
            case Double real -> statement.setDouble(1, real);
            case byte[] bytes -> statement.setBytes(1, bytes);
            default -> statement.setString(1, value.toString());
        }
    }

    private static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case Integer whole -> "integer " + whole;
            case Long whole -> "integer " + whole;
            case Double real -> "real " + real;
            case byte[] bytes -> "blob " + HexFormat.of().formatHex(bytes);
            default -> "text " + value;
        };
    }

    private static List<@Nullable Object> values() {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(null);
        for (String text : TEXTS) {
            values.add(text);
            values.add(text.getBytes(StandardCharsets.UTF_8));
        }
        values.addAll(List.of(
                0L,
                1L,
                -1L,
                2L,
                3L,
                5L,
                99L,
                127L,
                128L,
                255L,
                256L,
                -129L,
                1999L,
                20240229L,
                20240230L,
                240229112233L));
        values.addAll(
                List.of(Long.MAX_VALUE, Long.MIN_VALUE, 4294967295L, 4294967296L, -2147483649L, 16777216L, 100000000L));
        values.addAll(List.of(
                0.5, -0.5, 1.5, 2.5, 0.005, 1.005, 9.995, -0.0, 1e15, 1e300, 1e-300, 123456.789, 3.4028235e38, 3.5e38));
        values.addAll(List.of(
                1.8446744073709552E19,
                9.223372036854775E18,
                20240229.5,
                1.17549435E-38,
                0.1 + 0.2,
                16777217.0,
                99999.95));
        values.add(new byte[] {(byte) 0xff, 0x41, (byte) 0xc3});
        values.add(new byte[] {0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
        Random random = new Random(20_260_101);
        for (int i = 0; i < RANDOM_VALUES; i++) {
            values.add(random(random));
        }
        return values;
    }

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "0",
            "00",
            "0000",
            "1",
            "5",
            "3",
            "abc",
            "5abc",
            " 12 ",
            "12 x",
            "-7",
            "+7",
            ".5",
            "5.",
            ".",
            "-",
            "1e3",
            "1e-3",
            "1e400",
            "-1e400",
            "1e999999999999",
            "1e-999999999",
            "0e5",
            "9.995",
            "0.005",
            "-0.4",
            "99999999.994",
            "99999999.995",
            "0.99999",
            "0.999995",
            "18446744073709551615",
            "18446744073709551616",
            "9223372036854775808",
            "-9223372036854775809",
            "123456789012345678901234567890.123456789012345678901234567890",
            "99999999999999999999999999999999999.9999999999999999999999999999995",
            "2024-02-29",
            "2023-02-29",
            "2024-02-29 13:14:15.123456789",
            "2024-2-9 1:2",
            "2024-03-10T02:30:00Z",
            "20240229",
            "20240229131415",
            "240229",
            "0000-00-00",
            "0000-00-00 00:00:00",
            "2024-00-00",
            "2024-02-00 10:00:00",
            "1970-01-01 00:00:00",
            "2038-01-19 03:14:07",
            "12:34:56",
            "12:34:56.789",
            "-12:34",
            "838:59:59",
            "839:00:00",
            "1 2:3:4",
            "34 22:59:59",
            "123456",
            "8385959",
            "8385960",
            "12345678",
            "12:60:00",
            "12:34:5x",
            "2024-1-5",
            "0001234.56789",
            "small",
            "SMALL ",
            "größe",
            "GRÖSSE",
            "GRÖßE",
            "a b",
            "A B\t",
            "a,B",
            "b,a,a",
            "a,,ć",
            "ĆÉ,LONG ONE",
            "a,x",
            ",",
            "abcde",
            "abcdef",
            "abcde ",
            "abcde\t\n",
            "abcdeü",
            "äöüßé",
            "äöüßéx",
            "日本語日本",
            "日本語日本語",
            "😀😀😀😀😀",
            "😀😀😀😀😀😀",
            "x".repeat(255),
            "x".repeat(256),
            "ü".repeat(128),
            "ü".repeat(127) + "x",
            "x".repeat(65_535),
            "x".repeat(65_536),
            "x".repeat(300) + " ",
            "{\"a\":1}");

    private static Object random(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> random.nextLong() >> random.nextInt(64);
            case 1 -> (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(40) - 15);
            case 2 -> Math.round(random.nextDouble() * 1_000_000) / 1000.0;
            case 3 -> Double.toString(random.nextGaussian() * 1000) + (random.nextInt(8) == 0 ? "x" : "");
            case 4 ->
                "%04d-%02d-%02d %02d:%02d:%02d.%d"
                        .formatted(
                                random.nextInt(2100),
                                random.nextInt(14),
                                random.nextInt(33),
                                random.nextInt(25),
                                random.nextInt(61),
                                random.nextInt(61),
                                random.nextInt(1_000_000));
            default ->
                characters(random, random.nextInt(7) == 0 ? "0123456789" : "0123456789-:. ,eEabB+T\u00e9\u0107\u2003");
        };
    }

    private static String characters(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(14); left > 0; left--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
