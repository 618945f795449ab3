package dev.ephpm.config;

/**
 * An amount of bytes, written {@code "64MB"} in configuration (powers of 1024; a bare integer is bytes).
 *
 * @param bytes never negative
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size cannot be negative: " + bytes);
        }
    }

    public static DataSize ofMebibytes(long mebibytes) {
        return new DataSize(Math.multiplyExact(mebibytes, 1024 * 1024));
    }

    /** As PHP writes sizes: {@code 64M} for whole mebibytes, else bytes. */
    public String inPhpNotation() {
        long mebibyte = 1024 * 1024;
        return bytes > 0 && bytes % mebibyte == 0 ? bytes / mebibyte + "M" : Long.toString(bytes);
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }
}
