package dev.ephpm.sqldmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded program, as this build has it. */
class SqldBinaryTest {
    @TempDir
    private Path directory;

    private static KnownPrograms.Program known() {
        return Objects.requireNonNull(
                KnownPrograms.read().programs().get(Platform.here().name()));
    }

    @Test
    void theProgramIsUnpackedForItsOwnerAndRuns() throws IOException {
        Path program = SqldBinary.provide(directory.resolve("bin"), Optional.empty(), Platform.here());
        assertThat(Checksum.of(program)).isEqualTo(known().sha256());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(program)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("bin"))))
                .isEqualTo("rwx------");
        FileTime written = Files.getLastModifiedTime(program);
        assertThat(SqldBinary.unpack(directory.resolve("bin"), known())).isEqualTo(program);
        assertThat(Files.getLastModifiedTime(program)).as("not written again").isEqualTo(written);
    }

    @Test
    void aHalfWrittenProgramIsRepaired() throws IOException {
        Path program = SqldBinary.unpack(directory, known());
        try (FileChannel channel = FileChannel.open(program, StandardOpenOption.WRITE)) {
            channel.truncate(1_000_000);
        }
        assertThat(Checksum.of(SqldBinary.unpack(directory, known()))).isEqualTo(known().sha256());
    }

    @Test
    void aLinkInItsPlaceIsNotFollowed() throws IOException {
        Path elsewhere = SqldBinary.unpack(Files.createDirectory(directory.resolve("elsewhere")), known());
        Path program = directory.resolve(elsewhere.getFileName());
        Files.createSymbolicLink(program, elsewhere);
        SqldBinary.unpack(directory, known());
        assertThat(program).isRegularFile();
        assertThat(Files.isSymbolicLink(program)).isFalse();
    }

    @Test
    void startsThatRaceAllGetAWholeProgram() throws InterruptedException, ExecutionException, IOException {
        List<FutureTask<Path>> starts = new ArrayList<>();
        for (int index = 0; index < 3; index++) {
            FutureTask<Path> start = new FutureTask<>(() -> SqldBinary.unpack(directory, known()));
            starts.add(start);
            Thread.ofPlatform().start(start);
        }
        for (FutureTask<Path> start : starts) {
            assertThat(Checksum.of(start.get())).isEqualTo(known().sha256());
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void whatAKilledStartLeftIsRemovedLater() throws IOException {
        Path old = Files.createFile(directory.resolve(".old.partial"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path recent = Files.createFile(directory.resolve(".recent.partial"));
        SqldBinary.unpack(directory, known());
        assertThat(old).doesNotExist();
        assertThat(recent).exists();
    }

    @Test
    void aPlatformThisBuildDoesNotBringIsRefusedWithTheWayOut() {
        KnownPrograms.Program other = new KnownPrograms.Program("darwin-none", "-", "0".repeat(64));
        assertThatThrownBy(() -> SqldBinary.unpack(directory, other))
                .hasMessageContaining("SQLD_BINARY_PATH")
                .hasMessageContaining("not replicated work without");
    }

    @Test
    void theOperatorsOwnProgramMustBeThisVersion() throws IOException {
        Path right = SqldBinary.unpack(directory, known());
        assertThat(SqldBinary.provide(directory, Optional.of(right), Platform.here()))
                .isEqualTo(right);
        assertThatThrownBy(() -> SqldBinary.provide(directory, Optional.of(Path.of("/bin/true")), Platform.here()))
                .hasMessageContaining("/bin/true should say 'sqld sqld 0.24.32");
        assertThatThrownBy(
                        () -> SqldBinary.provide(directory, Optional.of(directory.resolve("absent")), Platform.here()))
                .hasMessageContaining("not an executable file");
    }
}
