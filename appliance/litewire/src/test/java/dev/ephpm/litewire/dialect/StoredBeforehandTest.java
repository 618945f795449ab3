package dev.ephpm.litewire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that do not depend on rows are converted before SQLite sees them, so sqld needs no function for them. */
class StoredBeforehandTest {
    private static final String TABLE =
            "CREATE TABLE t (id int primary key, n int, s varchar(5), at timestamp NULL, d date)";

    @TempDir
    Path directory;

    @Test
    void theSessionsTimeNeedsNoFunction() throws Exception {
        assertThat(generated(
                        "INSERT INTO t (id, at, d) VALUES (1, NOW(), CURDATE())", "UPDATE t SET at = NOW(), d = NOW()"))
                .hasSizeGreaterThan(1)
                .noneMatch(sql -> sql.contains("mysql_store"));
    }

    @Test
    void theRowThatWasToBeInsertedHasBeenConvertedAlready() throws Exception {
        assertThat(
                        generated(
                                "INSERT INTO t (id, n, s) VALUES (1, '7', 'ab')",
                                "INSERT INTO t (id, n, s) VALUES (1, '8', 'cd') ON DUPLICATE KEY UPDATE n = VALUES(n), s = VALUES(s)"))
                .hasSizeGreaterThan(1)
                .noneMatch(sql -> sql.contains("mysql_store"));
    }

    @Test
    void whatDependsOnRowsIsConvertedForEachOfThem() throws Exception {
        assertThat(generated("INSERT INTO t (id, n) VALUES (1, 7)", "UPDATE t SET n = n + 1"))
                .anyMatch(sql -> sql.contains("mysql_store"));
    }

    private Collection<String> generated(String... writes) throws Exception {
        List<String> all = new ArrayList<>(List.of(TABLE));
        all.addAll(List.of(writes));
        GeneratedWrites site = new GeneratedWrites(directory, all);
        assertThat(site.failed()).isEmpty();
        return site.statements();
    }
}
