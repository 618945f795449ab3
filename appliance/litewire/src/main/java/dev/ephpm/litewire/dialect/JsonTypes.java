package dev.ephpm.litewire.dialect;

import java.util.List;

/** Types of functions that yield JSON, which to MariaDB is text. */
final class JsonTypes {
    private static final int ESCAPED_CHARACTER = 12;

    private JsonTypes() {}

    static Type same(List<Fragment> arguments) {
        return document(arguments.subList(0, 1), arguments.getFirst().type().characters());
    }

    /** One value, or an array of as many as there are paths. */
    static Type extracted(List<Fragment> arguments) {
        long characters = arguments.getFirst().type().characters() * arguments.size();
        return document(arguments.subList(0, 1), TextTypes.built(characters));
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

    static Type changed(List<Fragment> arguments) {
        long characters = 2 * arguments.getFirst().type().characters();
        for (int i = 2; i < arguments.size(); i += 2) {
            characters += arguments.get(i - 1).type().characters() + characters(arguments.get(i)) + 2;
        }
        return document(arguments.subList(0, 1), TextTypes.built(characters));
    }

    private static Type document(List<Fragment> sources, long characters) {
        Type type = TextTypes.of(sources, characters);
        return new Type(Type.Family.JSON, type.length(), Type.NOT_FIXED, false, true, type.collation());
    }

    /** What a value takes inside a document. */
    private static long characters(Fragment value) {
        Type type = value.type();
        boolean text = type.isText()
                || type.family() == Type.Family.TIME
                || type.family() == Type.Family.DATETIME
                || type.family() == Type.Family.DATE
                || type.family() == Type.Family.BINARY;
        return Math.max(4, text ? 2 * type.characters() : type.characters()) + 4;
    }
}
