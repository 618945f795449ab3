package dev.ephpm.litewire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.sqlite.DatabaseFile;
import dev.ephpm.litewire.sqlite.RemoteStep;
import dev.ephpm.litewire.sqlite.SqliteConnection;
import dev.ephpm.litewire.sqlite.TestLibrary;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server cannot compute is computed before, where it is the same for all rows. */
class ConstantCallsTest {
    @TempDir
    Path directory;

    private SqliteConnection here;
    private ConstantCalls calls;

    @BeforeEach
    void open() throws SQLException {
        here = SqliteConnection.open(
                TestLibrary.NATIVE.library(),
                new DatabaseFile(directory.resolve("a.db"), "off"),
                SqlFunctions::register);
        calls = new ConstantCalls(Set.of("mysql_store", "mysql_fold"), SqlFunctions.changingNames(), () -> here);
    }

    @AfterEach
    void close() throws SQLException {
        here.close();
    }

    private RemoteStep computed(String sql, @Nullable Object... parameters) throws SQLException {
        return calls.computed(new RemoteStep(sql, List.of(parameters)));
    }

    @Test
    void aCallOfParametersBecomesAParameter() throws SQLException {
        RemoteStep step = computed(
                "INSERT INTO \"t\" (\"a\", \"b\") VALUES (?1, mysql_store(0, mysql_conv(?2, ?3, 16)))",
                "x",
                "255",
                10L);

        assertThat(step.sql()).isEqualTo("INSERT INTO \"t\" (\"a\", \"b\") VALUES (?1, mysql_store(0, ?4))");
        assertThat(step.parameters()).containsExactly("x", "255", 10L, "FF");
    }

    @Test
    void callsOfColumnsAndSubqueriesStay() throws SQLException {
        String ofColumn = "UPDATE \"t\" SET \"a\" = mysql_conv(?1, \"b\", 16)";
        String ofRow = "DELETE FROM \"t\" WHERE mysql_conv(?1, (SELECT value FROM json_each(?2)), 16) = 1";

        assertThat(computed(ofColumn, "x").sql()).isEqualTo(ofColumn);
        assertThat(computed(ofRow, "x", "[1]").sql()).isEqualTo(ofRow);
    }

    @Test
    void namesInsideOfTextAreNoCalls() throws SQLException {
        String sql = "UPDATE \"t\" SET \"a\" = 'it''s mysql_conv(1)' WHERE \"b\" = mysql_fold('\"', 'utf8mb4_bin')";

        assertThat(computed(sql).sql()).isEqualTo(sql);
        assertThat(computed("UPDATE \"t\" SET \"a\" = mysql_conv(') \" (', ?1, 16)", 10L)
                        .parameters())
                .containsExactly(10L, "0");
    }

    @Test
    void whatChangesFromRowToRowIsComputedForSingleRowsOnly() throws SQLException {
        assertThat(computed("INSERT INTO \"t\" (\"a\") VALUES (mysql_uuid())").sql())
                .isEqualTo("INSERT INTO \"t\" (\"a\") VALUES (?1)");
        assertThat(computed("UPDATE \"t\" SET \"a\" = mysql_uuid()").parameters())
                .isEmpty();
    }
}
