package dev.ephpm.sqldmanager;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Puts an SQLite file where a primary's sqld finds it when its site is created. Blocking. */
final class PlacedFile {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 100;
    private static final int PAGE_SIZE_AT = 16;
    private static final int PAGE_SIZE = 4096;
    private static final List<String> LEFTOVERS = List.of("-wal", "-journal");

    private PlacedFile() {}

    /** Refuses what would end sqld, and with it every site: a page of any other size than its own. */
    static void check(Path file) {
        try {
            checkHeader(file);
            for (String suffix : LEFTOVERS) {
                Path leftover = file.resolveSibling(file.getFileName() + suffix);
                if (Files.exists(leftover) && Files.size(leftover) > 0) {
                    throw invalid(
                            file,
                            leftover.getFileName() + " beside it holds what is not in it yet: close it cleanly, or"
                                    + " make the copy by SQLite's backup");
                }
            }
        } catch (IOException e) {
            throw new SqldException(SqldException.Reason.INVALID, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static void checkHeader(Path file) throws IOException {
        byte[] header;
        try (InputStream input = Files.newInputStream(file)) {
            header = input.readNBytes(HEADER);
        }
        if (header.length < HEADER || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw invalid(file, "it is not an SQLite database");
        }
        int pageSize = (Byte.toUnsignedInt(header[PAGE_SIZE_AT]) << 8) | Byte.toUnsignedInt(header[PAGE_SIZE_AT + 1]);
        if (pageSize != PAGE_SIZE) {
            throw invalid(
                    file,
                    "its pages have " + (pageSize == 1 ? 65536 : pageSize) + " bytes and must have " + PAGE_SIZE
                            + ": PRAGMA page_size = " + PAGE_SIZE + "; VACUUM INTO '<new file>' makes such a copy");
        }
    }

    private static SqldException invalid(Path file, String why) {
        return new SqldException(SqldException.Reason.INVALID, file + " cannot be replicated: " + why);
    }

    /** Copies the file to its place, whole or not at all. Refuses if something is there. */
    static void place(Path file, Path target) {
        check(file);
        try {
            if (Files.exists(target)) {
                throw new SqldException(
                        SqldException.Reason.INVALID, "cannot place " + file + ": " + target + " is there already");
            }
            PrivateFiles.createDirectory(target.resolveSibling(""));
            try (InputStream content = Files.newInputStream(file)) {
                PrivateFiles.write(target, content);
            }
        } catch (IOException e) {
            throw new SqldException(
                    SqldException.Reason.UNAVAILABLE,
                    "cannot place " + file + " at " + target + ": " + e.getMessage(),
                    e);
        }
    }
}
