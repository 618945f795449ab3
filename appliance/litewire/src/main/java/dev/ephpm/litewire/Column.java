package dev.ephpm.litewire;

/**
 * A result column as a ColumnDefinition41 packet describes it.
 *
 * @param type MySQL type byte, see {@link ColumnType}
 * @param length display length in bytes
 * @param characterSet collation id: 63 binary, 45 or 224 utf8mb4
 * @param flags NOT_NULL 1, PRI 2, UNIQUE 4, MULTIPLE 8, BLOB 16, UNSIGNED 32, BINARY 128, AUTO_INCREMENT 512, NUM 32768 …
 * @param decimals 39 for text expressions without scale (MariaDB's NOT_FIXED_DEC)
 */
public record Column(
        String schema,
        String table,
        String originalTable,
        String name,
        String originalName,
        ColumnType type,
        long length,
        int characterSet,
        int flags,
        int decimals) {

    public static final int NOT_NULL = 1;
    public static final int PRIMARY_KEY = 2;
    public static final int UNIQUE_KEY = 4;
    public static final int MULTIPLE_KEY = 8;
    public static final int BLOB = 16;
    public static final int UNSIGNED = 32;
    public static final int ZEROFILL = 64;
    public static final int BINARY = 128;
    public static final int ENUM = 256;
    public static final int AUTO_INCREMENT = 512;
    public static final int TIMESTAMP = 1024;
    public static final int SET = 2048;
    public static final int NO_DEFAULT_VALUE = 4096;
    public static final int ON_UPDATE_NOW = 8192;
    public static final int PART_OF_KEY = 16384;
    public static final int NUM = 32768;

    /** Collation ids that matter on the wire. */
    public static final int CHARACTER_SET_BINARY = 63;

    public static final int CHARACTER_SET_UTF8MB4_UNICODE_CI = 224;
    public static final int CHARACTER_SET_UTF8MB4_GENERAL_CI = 45;

    private static final int BYTES_PER_CHARACTER = 4;
    private static final long LONGEST = 4_294_967_295L;

    /** A column of an answer that comes from no table. */
    public static Column ofExpression(
            String name, ColumnType type, long length, int characterSet, int flags, int decimals) {
        return new Column("", "", "", name, "", type, length, characterSet, flags, decimals);
    }

    /** The same column with another display length. */
    public Column withLength(long newLength) {
        return new Column(
                schema, table, originalTable, name, originalName, type, newLength, characterSet, flags, decimals);
    }

    /** The same column in another character set. */
    public Column withCharacterSet(int id) {
        return new Column(schema, table, originalTable, name, originalName, type, length, id, flags, decimals);
    }

    /** The same column sent as BLOB or TEXT. */
    public Column asBlob() {
        return new Column(
                schema,
                table,
                originalTable,
                name,
                originalName,
                ColumnType.BLOB,
                length,
                characterSet,
                flags,
                decimals);
    }

    /** The same column with other flags. */
    public Column withFlags(int newFlags) {
        return new Column(
                schema, table, originalTable, name, originalName, type, length, characterSet, newFlags, decimals);
    }

    /** The same column where rows may be missing: on the far side of an outer join. */
    public Column asNullable() {
        return withFlags(flags & ~NOT_NULL);
    }

    /** The same column for a client that wants text as bytes ({@code SET NAMES binary}). */
    public Column asBytes() {
        if (characterSet == CHARACTER_SET_BINARY) {
            return this;
        }
        long characters = length == LONGEST ? LONGEST : length / BYTES_PER_CHARACTER;
        return new Column(
                schema,
                table,
                originalTable,
                name,
                originalName,
                type,
                characters,
                CHARACTER_SET_BINARY,
                flags,
                decimals);
    }

    /** A text column of a SHOW or administrative answer, at most {@code characters} long. */
    public static Column ofText(String name, int characters) {
        return ofExpression(
                name, ColumnType.VAR_STRING, 4L * characters, CHARACTER_SET_UTF8MB4_UNICODE_CI, NOT_NULL, 0);
    }
}
