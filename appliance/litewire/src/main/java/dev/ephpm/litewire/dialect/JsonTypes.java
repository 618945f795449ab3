package dev.ephpm.litewire.dialect;

import java.util.List;

/** Types of functions that yield JSON, which to MariaDB is text. */
final class JsonTypes {
    private static final int ESCAPED_CHARACTER = 12;
    private static final int ESTIMATED_PAIR = 10;
    private static final int LONGEST_WORD = 5;

    private JsonTypes() {}

    static Type same(List<Fragment> arguments) {
        return document(arguments.subList(0, 1), arguments.getFirst().type().characters());
    }

    /** One value, or an array of as many as there are paths. */
    static Type extracted(List<Fragment> arguments) {
        long paths = arguments.size() - 1L;
        long characters = arguments.getFirst().type().characters() + (paths > 1 ? 1 : 0);
        return document(arguments.subList(0, 1), TextTypes.built(2 * paths * characters));
    }

    static Type unquoted(List<Fragment> arguments) {
        return Type.text(arguments.getFirst().type().characters()).withCollation(TextCollation.BINARY_TEXT);
    }

    static Type quoted(List<Fragment> arguments) {
        long characters = ESCAPED_CHARACTER * arguments.getFirst().type().characters() + 2;
        return Type.text(TextTypes.built(characters)).withCollation(TextCollation.BINARY_TEXT);
    }

    static Type listed(List<Fragment> arguments) {
        long characters = arguments.stream().mapToLong(JsonTypes::characters).sum() + 2;
        return document(arguments, TextTypes.built(characters));
    }

    /** As MariaDB estimates it, from all but the last value. */
    static Type changed(List<Fragment> arguments) {
        long characters = arguments.getFirst().type().characters();
        for (int i = 0; i < arguments.size() / 2; i++) {
            characters += arguments.get(i).type().characters()
                    + arguments.get(i + 1).type().characters()
                    + ESTIMATED_PAIR;
        }
        return document(arguments.subList(0, 1), TextTypes.built(characters));
    }

    static Type appended(List<Fragment> arguments) {
        long characters = arguments.getFirst().type().characters();
        for (int i = 2; i < arguments.size(); i += 2) {
            characters += arguments.get(i).type().characters() + 4;
        }
        return document(arguments.subList(0, 1), TextTypes.built(characters));
    }

    /** Every character may become a line with its indent. */
    static Type detailed(List<Fragment> arguments) {
        return document(arguments.subList(0, 1), TextTypes.built(Long.MAX_VALUE))
                .withDecimals(0);
    }

    static Type loose(List<Fragment> arguments) {
        return document(
                        arguments.subList(0, 1),
                        TextTypes.built(2 * arguments.getFirst().type().characters()))
                .withDecimals(0);
    }

    static Type compact(List<Fragment> arguments) {
        return same(arguments).withDecimals(0);
    }

    static Type searched(List<Fragment> arguments) {
        long characters = arguments.getFirst().type().characters();
        boolean endless = characters > Integer.MAX_VALUE;
        return document(arguments.subList(0, 1), TextTypes.built(endless ? characters : 4 * characters * characters));
    }

    private static Type document(List<Fragment> sources, long characters) {
        Type type = TextTypes.of(sources, characters);
        return type.isText()
                ? new Type(Type.Family.JSON, type.length(), Type.NOT_FIXED, false, true, type.collation())
                : type;
    }

    /** What a value takes inside a document. */
    private static long characters(Fragment value) {
        Type type = value.type();
        if (type.notNull().equals(Type.FLAG.notNull()) || type.notNull().equals(Type.WORD.notNull())) {
            return LONGEST_WORD + 4;
        }
        boolean text = type.family() == Type.Family.TEXT
                || type.family() == Type.Family.TIME
                || type.family() == Type.Family.DATETIME
                || type.family() == Type.Family.DATE
                || type.family() == Type.Family.BINARY;
        return Math.max(4, text ? 2 * type.characters() : type.characters()) + 4;
    }
}
