package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What MariaDB demands of keys. */
final class KeyRules {
    /** InnoDB's longest key and longest key part, in bytes. */
    private static final int LONGEST_KEY_BYTES = 3072;

    private KeyRules() {}

    /** Whether the first parts of a key are these columns, whole. */
    static boolean startsWith(List<Table.Key.Part> parts, List<Table.Key.Part> wanted) {
        if (parts.size() < wanted.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (parts.get(i).prefix() != 0
                    || !parts.get(i).column().equalsIgnoreCase(wanted.get(i).column())) {
                return false;
            }
        }
        return true;
    }

    /** The key's parts with the columns' own names and the prefixes MariaDB would keep. */
    static List<Table.Key.Part> checked(KeyDraft.Index draft, List<TableColumn> columns) {
        List<Table.Key.Part> parts = new ArrayList<>();
        int bytes = 0;
        for (Table.Key.Part part : draft.parts()) {
            TableColumn column = columns.stream()
                    .filter(c -> c.name().equalsIgnoreCase(part.column()))
                    .findFirst()
                    .orElseThrow(() -> SqlErrorCode.NO_KEY_COLUMN.with(part.column()));
            if (parts.stream().anyMatch(p -> p.column().equals(column.name()))) {
                throw SqlErrorCode.DUPLICATE_COLUMN.with(column.name());
            }
            Table.Key.Part checked = draft.kind() == Table.Key.Kind.FULLTEXT
                    ? new Table.Key.Part(column.name(), 0, false)
                    : part(draft.kind(), part, column);
            bytes += bytes(column.type(), checked.prefix());
            parts.add(checked);
        }
        boolean limited = draft.kind() == Table.Key.Kind.PLAIN || draft.kind() == Table.Key.Kind.PRIMARY;
        if (limited && bytes > LONGEST_KEY_BYTES) {
            throw SqlErrorCode.KEY_TOO_LONG.with(LONGEST_KEY_BYTES);
        }
        return List.copyOf(parts);
    }

    private static Table.Key.Part part(Table.Key.Kind kind, Table.Key.Part part, TableColumn column) {
        MySqlType type = column.type();
        boolean string =
                (type.isText() && !type.base().equals("enum") && !type.base().equals("set"))
                        || (type.isBinary() && !type.base().equals("bit"));
        boolean unlimited = type.base().endsWith("text") || type.base().endsWith("blob");
        int prefix = part.prefix();
        if (prefix > 0 && (!string || (!unlimited && prefix > type.length()))) {
            throw SqlErrorCode.WRONG_SUB_KEY.with();
        }
        if (prefix == 0 && unlimited && kind == Table.Key.Kind.PRIMARY) {
            throw SqlErrorCode.KEY_NEEDS_LENGTH.with(column.name());
        }
        int longest = LONGEST_KEY_BYTES / bytesOfCharacter(type);
        boolean tooLong = string && ((unlimited && prefix == 0) || (prefix == 0 ? type.length() : prefix) > longest);
        if (kind == Table.Key.Kind.PLAIN && tooLong) {
            prefix = longest;
        }
        if (!unlimited && prefix == type.length()) {
            prefix = 0;
        }
        return new Table.Key.Part(column.name(), prefix, part.descending());
    }

    private static int bytes(MySqlType type, int prefix) {
        if (type.isText() || type.isBinary()) {
            return Math.max(0, prefix > 0 ? prefix : type.length()) * bytesOfCharacter(type);
        }
        return Long.BYTES;
    }

    private static int bytesOfCharacter(MySqlType type) {
        return type.isText() ? Collations.charset(type.charset()).longestCharacter() : 1;
    }

    /** Throws 1075 unless there is at most one AUTO_INCREMENT column and a key begins with it. */
    static void requireAutoIncrementKey(List<TableColumn> columns, List<Table.Key> keys) {
        List<TableColumn> automatic =
                columns.stream().filter(TableColumn::autoIncrement).toList();
        if (automatic.isEmpty()) {
            return;
        }
        String name = automatic.getFirst().name();
        boolean keyed =
                keys.stream().anyMatch(k -> k.parts().getFirst().column().equalsIgnoreCase(name));
        if (automatic.size() > 1 || !keyed) {
            throw SqlErrorCode.WRONG_AUTO_KEY.with();
        }
    }

    /** MariaDB's order: the primary key, unique keys without NULL, unique keys, plain keys, full-text keys. */
    static void sort(List<Table.Key> keys, List<TableColumn> columns) {
        keys.sort(Comparator.comparingInt(k -> rank(k, columns)));
    }

    private static int rank(Table.Key key, List<TableColumn> columns) {
        return switch (key.kind()) {
            case PRIMARY -> 0;
            case UNIQUE -> key.parts().stream().anyMatch(p -> isNullable(p, columns)) ? 2 : 1;
            case PLAIN -> 3;
            case FULLTEXT -> 4;
        };
    }

    static boolean isNullable(Table.Key.Part part, List<TableColumn> columns) {
        return columns.stream().anyMatch(c -> c.name().equalsIgnoreCase(part.column()) && c.nullable());
    }
}
