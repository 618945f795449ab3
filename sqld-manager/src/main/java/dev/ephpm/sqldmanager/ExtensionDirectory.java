package dev.ephpm.sqldmanager;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory of {@code -e}: litewire's extension and the list that vouches for it. sqld loads it into every connection; it
 * brings our collations and functions, and closes sqld's own that read and write files.
 */
final class ExtensionDirectory {
    private static final String LIST = "trusted.lst";

    private ExtensionDirectory() {}

    /** Puts a copy of the extension there, unless it is there already. Blocking. */
    static Path prepare(Path directory, Path extension) {
        try {
            PrivateFiles.createDirectory(directory);
            String checksum = Checksum.of(extension);
            String name = "litewire-sqld.so";
            Path copy = directory.resolve(name);
            if (!Checksum.matches(copy, checksum)) {
                try (InputStream content = Files.newInputStream(extension)) {
                    PrivateFiles.write(copy, content);
                }
            }
            byte[] list = (checksum + "  " + name + "\n").getBytes(StandardCharsets.US_ASCII);
            PrivateFiles.write(directory.resolve(LIST), new ByteArrayInputStream(list));
            return directory;
        } catch (IOException e) {
            throw new SqldException(
                    SqldException.Reason.UNAVAILABLE,
                    "cannot give sqld its extension " + extension + " in " + directory + ": " + e.getMessage()
                            + "; without it sqld would compute differently and let SQL read files, so it is not started",
                    e);
        }
    }
}
