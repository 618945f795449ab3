package dev.ephpm.sqldmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacedFileTest {
    private static final Path FIXTURES = Path.of("src/test/resources/databases");

    @TempDir
    private Path directory;

    @Test
    void theFileIsCopiedWhole() throws IOException {
        Path target = directory.resolve("dbs/a.example/data");
        PlacedFile.place(FIXTURES.resolve("page-4096.db"), target);
        assertThat(target).hasSameBinaryContentAs(FIXTURES.resolve("page-4096.db"));
        assertThatThrownBy(() -> PlacedFile.place(FIXTURES.resolve("page-4096.db"), target))
                .hasMessageContaining("is there already");
    }

    @Test
    void otherPageSizesAreRefusedWithTheRemedy() {
        assertThatThrownBy(() -> PlacedFile.check(FIXTURES.resolve("page-1024.db")))
                .isInstanceOfSatisfying(
                        SqldException.class, e -> assertThat(e.reason()).isEqualTo(SqldException.Reason.INVALID))
                .hasMessageContaining("1024")
                .hasMessageContaining("VACUUM INTO");
    }

    @Test
    void theLargestPageSizeIsWrittenAsOne() throws IOException {
        byte[] header = Files.readAllBytes(FIXTURES.resolve("page-4096.db"));
        header[16] = 0;
        header[17] = 1;
        Path file = Files.write(directory.resolve("large.db"), header);
        assertThatThrownBy(() -> PlacedFile.check(file)).hasMessageContaining("65536");
    }

    @Test
    void whatIsNoDatabaseIsRefused() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "SQLite format 4" + "x".repeat(200));
        assertThatThrownBy(() -> PlacedFile.check(text)).hasMessageContaining("not an SQLite database");
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThatThrownBy(() -> PlacedFile.check(empty)).hasMessageContaining("not an SQLite database");
        assertThatThrownBy(() -> PlacedFile.check(directory.resolve("absent"))).hasMessageContaining("cannot read");
    }

    @Test
    void aFileThatWasNotClosedIsRefused() throws IOException {
        Path file = Files.copy(FIXTURES.resolve("page-4096.db"), directory.resolve("open.db"));
        Path log = Files.createFile(directory.resolve("open.db-wal"));
        PlacedFile.check(file);
        Files.writeString(log, "frames");
        assertThatThrownBy(() -> PlacedFile.check(file)).hasMessageContaining("open.db-wal");
    }
}
