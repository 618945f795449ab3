package dev.ephpm.walreplication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes that a real sqld 0.24.32 wrote, and what it might leave behind. */
class LogFilesTest {
    private static final UUID LOG = UUID.fromString("08a1a40f-5f1e-42c7-b031-7d2513acb47c");

    @TempDir
    private Path directory;

    private LogFiles files;

    @BeforeEach
    void look() {
        files = new LogFiles(directory);
    }

    @Test
    void readsWhatSqldWrote() throws IOException {
        Files.write(directory.resolve("client_wal_index"), golden("client_wal_index"));
        Files.write(directory.resolve("wallog"), golden("wallog"));

        assertThat(files.replicaPosition()).contains(new Position(LOG, 2));
        assertThat(files.primaryPosition()).contains(new Position(LOG, 2));
    }

    @Test
    void aDirectoryThatIsNotThereHasNothing() {
        LogFiles absent = new LogFiles(directory.resolve("absent"));

        assertThat(absent.identity()).isNull();
        assertThat(absent.replicaPosition()).isEmpty();
        assertThat(absent.primaryPosition()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 64})
    void aReplicaPositionOfAnotherLengthIsNone(int length) throws IOException {
        Files.write(directory.resolve("client_wal_index"), Arrays.copyOf(golden("client_wal_index"), length));

        assertThat(files.replicaPosition()).isEmpty();
    }

    @Test
    void aReplicaThatHasOnlyHeardOfTheLogHasNoPosition() throws IOException {
        byte[] bytes = golden("client_wal_index");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(16, -1);
        Files.write(directory.resolve("client_wal_index"), bytes);

        assertThat(files.replicaPosition()).isEmpty();
    }

    @Test
    void aLogThatBeganAfreshEndsAfterItsFirstFrame() throws IOException {
        byte[] bytes = golden("wallog");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(32, 100).putLong(40, 5);
        Files.write(directory.resolve("wallog"), bytes);

        assertThat(files.primaryPosition()).contains(new Position(LOG, 104));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63})
    void aPrimaryHeaderThatIsCutShortIsNone(int length) throws IOException {
        Files.write(directory.resolve("wallog"), Arrays.copyOf(golden("wallog"), length));

        assertThat(files.primaryPosition()).isEmpty();
    }

    @Test
    void aPrimaryHeaderOfSomethingElseIsNone() throws IOException {
        byte[] bytes = golden("wallog");
        bytes[0] = 'X';
        Files.write(directory.resolve("wallog"), bytes);

        assertThat(files.primaryPosition()).isEmpty();
    }

    @Test
    void theIdentityIsOfTheFileAndNotOfItsName() throws IOException {
        Path data = Files.writeString(directory.resolve("data"), "1");
        FileIdentity first = Objects.requireNonNull(files.identity());
        Files.writeString(data, "2");
        assertThat(files.identity()).isEqualTo(first);

        Path kept = Files.move(data, directory.resolve("kept"));
        assertThat(files.identity()).isNull();
        Files.writeString(data, "3");

        assertThat(files.identity()).isNotNull().isNotEqualTo(first);
        assertThat(first.inode()).isEqualTo(Files.getAttribute(kept, "unix:ino"));
    }

    static byte[] golden(String name) throws IOException {
        return Objects.requireNonNull(LogFilesTest.class.getResourceAsStream("/positions/" + name), name)
                .readAllBytes();
    }
}
