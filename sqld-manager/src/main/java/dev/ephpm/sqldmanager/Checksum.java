package dev.ephpm.sqldmanager;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hexadecimal. */
final class Checksum {
    private static final int CHUNK = 1 << 16;

    private Checksum() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String text(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream input = Files.newInputStream(file)) {
            byte[] chunk = new byte[CHUNK];
            for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
                digest.update(chunk, 0, count);
            }
        }
        return text(digest);
    }

    /** False for a file that is absent, a link, or anything but the right bytes. */
    static boolean matches(Path file, String expected) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && of(file).equals(expected);
    }
}
