package dev.ephpm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void nobodyElseGetsIn() throws IOException {
        DataDirectory data = new DataDirectory(directory.resolve("deep/data"), Optional.empty());
        FileChannel lock = data.claim();
        DataDirectory.SiteDirectories site = data.prepareSite("a.test");

        assertThat(mode(data.path())).isEqualTo("rwx--x---");
        assertThat(mode(site.temporary())).isEqualTo("rwx------");
        assertThat(mode(site.sessions())).isEqualTo("rwx------");
        assertThat(mode(site.log())).isEqualTo("rwx------");
        lock.close();
    }

    @Test
    void twoNodesCannotShareIt() throws IOException {
        FileChannel lock = new DataDirectory(directory, Optional.empty()).claim();
        DataDirectory second = new DataDirectory(directory, Optional.empty());

        assertThatThrownBy(second::claim)
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("Another ephpm uses node.data_dir " + directory);

        lock.close();
        second.claim().close();
    }

    @Test
    void aFileInItsPlaceIsOneSentence() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> new DataDirectory(file, Optional.empty()).claim())
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("it is a file; move it away");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
