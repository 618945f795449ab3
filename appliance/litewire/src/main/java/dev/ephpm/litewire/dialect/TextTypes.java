package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.ColumnType;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Types of functions that yield text: how long it can get, and whether it is bytes. MariaDB takes most of them for NULL. */
final class TextTypes {
    /** Longer results of functions that build text are cut to this many characters. */
    private static final long MOST_CHARACTERS = 4_194_304;

    private static final int DOUBLE_DIGITS = 309;
    private static final int FLOAT_DIGITS = 40;
    private static final int MOST_FORMAT_DECIMALS = 38;

    private TextTypes() {}

    static Type of(List<Fragment> sources, long characters) {
        boolean bytes = sources.stream().anyMatch(s -> s.type().isBytes());
        boolean onlyNull = sources.stream().allMatch(s -> s.type().family() == Type.Family.NULL);
        TextCollation collation = sources.stream()
                .map(Fragment::type)
                .filter(Type::isText)
                .map(Type::collation)
                .reduce(TextCollation::with)
                .orElse(TextCollation.CONNECTION);
        return bytes || onlyNull
                ? Type.binary(characters)
                : Type.text(characters).withCollation(collation);
    }

    static long built(long characters) {
        return Math.min(MOST_CHARACTERS, characters);
    }

    private static long characters(List<Fragment> arguments, int index) {
        return arguments.get(index).type().characters();
    }

    /** As long as the first argument, of the character set of the first {@code sources} ones. */
    static Function<List<Fragment>, Type> same(int sources) {
        return a -> of(a.subList(0, Math.min(sources, a.size())), characters(a, 0));
    }

    /** The same, cut to the longest text that is built. */
    static Type folded(List<Fragment> arguments) {
        return of(arguments.subList(0, 1), built(characters(arguments, 0)));
    }

    static Type left(List<Fragment> arguments) {
        long whole = characters(arguments, 0);
        int wanted = Math.max(0, arguments.get(1).number().orElse(Integer.MAX_VALUE));
        return of(arguments.subList(0, 1), Math.min(whole, wanted));
    }

    /** MariaDB takes the bytes of the argument for characters. */
    static Type substring(List<Fragment> arguments) {
        long length = arguments.getFirst().type().bytes();
        int start = arguments.get(1).number().orElse(1);
        if (start < 0) {
            length = -start > length ? 0 : -start;
        } else {
            length = start == 0 ? 0 : Math.max(0, length - (start - 1));
        }
        if (arguments.size() > 2) {
            length = Math.min(length, Math.max(0, arguments.get(2).number().orElse(Integer.MAX_VALUE)));
        }
        return of(arguments.subList(0, 1), length);
    }

    static Type repeated(List<Fragment> arguments) {
        long times = Math.max(0, arguments.get(1).number().orElse(Integer.MAX_VALUE));
        return of(arguments.subList(0, 1), built(characters(arguments, 0) * times));
    }

    static Type padded(List<Fragment> arguments) {
        List<Fragment> texts =
                arguments.size() > 2 ? List.of(arguments.getFirst(), arguments.get(2)) : arguments.subList(0, 1);
        return of(texts, built(Math.max(0, arguments.get(1).number().orElse(Integer.MAX_VALUE))));
    }

    static Type spaces(List<Fragment> arguments) {
        return Type.text(built(Math.max(0, arguments.getFirst().number().orElse(Integer.MAX_VALUE))));
    }

    static Type unlimited(List<Fragment> arguments) {
        return of(arguments.subList(0, 1), MOST_CHARACTERS);
    }

    /** All members and the commas between them. */
    static Type madeSet(List<Fragment> arguments) {
        Objects.checkIndex(1, arguments.size());
        List<Fragment> members = arguments.subList(1, arguments.size());
        long characters = members.size()
                - 1L
                + members.stream().mapToLong(m -> m.type().characters()).sum();
        return of(members, built(Math.max(0, characters)));
    }

    /** The longer word for each of 64 bits. */
    static Type exportedSet(List<Fragment> arguments) {
        Objects.checkIndex(2, arguments.size());
        List<Fragment> texts = arguments.subList(1, Math.min(4, arguments.size()));
        long word = Math.max(characters(arguments, 1), characters(arguments, 2));
        long separator = texts.size() > 2 ? characters(arguments, 3) : 1;
        return of(texts, built(word * Long.SIZE + separator * (Long.SIZE - 1)));
    }

    static Type compressed(List<Fragment> arguments) {
        return Type.binary(arguments.getFirst().type().bytes() * 120 / 100 + 12);
    }

    static Type encrypted(List<Fragment> arguments) {
        return Type.binary((arguments.getFirst().type().bytes() / 16 + 1) * 16);
    }

    static Type replaced(List<Fragment> arguments) {
        long length = characters(arguments, 0);
        long from = characters(arguments, 1);
        long more = characters(arguments, 2) - from;
        long longest = more > 0 && from > 0 ? length + length / from * more : length;
        return of(arguments, built(longest));
    }

    static Type inserted(List<Fragment> arguments) {
        List<Fragment> texts = List.of(arguments.getFirst(), arguments.get(3));
        boolean bytes = texts.stream().anyMatch(t -> t.type().isBytes());
        long more = bytes ? arguments.get(3).type().bytes() : characters(arguments, 3);
        return of(texts, built(characters(arguments, 0) + more));
    }

    static Type quoted(List<Fragment> arguments) {
        Type type = arguments.getFirst().type();
        long characters = type.family() == Type.Family.NULL ? 4 : built(2 * type.characters() + 2);
        return of(arguments, characters);
    }

    static Type soundex(List<Fragment> arguments) {
        return of(arguments, Math.max(4, characters(arguments, 0)));
    }

    static Type hex(List<Fragment> arguments) {
        Type type = arguments.getFirst().type();
        boolean number = type.isNumber() && !(type.unsigned() && type.family() != Type.Family.BIT);
        return Type.text(number ? 16 : 2 * type.bytes()).withDecimals(0);
    }

    static Type unhex(List<Fragment> arguments) {
        long bytes = (arguments.getFirst().type().bytes() + 1) & 0xffff_ffffL;
        return Type.binary(bytes / 2).withDecimals(0);
    }

    static Type toBase64(List<Fragment> arguments) {
        long characters = (arguments.getFirst().type().bytes() + 2) / 3 * 4;
        return Type.text(built(characters == 0 ? 0 : characters + (characters - 1) / 76));
    }

    static Type fromBase64(List<Fragment> arguments) {
        long bytes = (arguments.getFirst().type().bytes() + 3) / 4 * 3;
        return Type.binary(Math.min(4 * MOST_CHARACTERS, bytes));
    }

    static Type sha2(List<Fragment> arguments) {
        return Type.text(
                switch (arguments.get(1).number().orElse(512)) {
                    case 0, 256 -> 64;
                    case 224 -> 56;
                    case 384 -> 96;
                    default -> 128;
                });
    }

    /** Digits, a separator for every three of them, a sign, the decimals. */
    static Type formatted(List<Fragment> arguments) {
        Fragment value = arguments.getFirst();
        Type type = value.type();
        int decimals = Math.clamp(arguments.get(1).number().orElse(MOST_FORMAT_DECIMALS), 0, MOST_FORMAT_DECIMALS);
        long digits = switch (type.family()) {
            case DECIMAL -> Math.max(1, type.integerDigits()) + (type.scale() > decimals ? 1 : 0);
            case INTEGER, YEAR -> integerDigits(type);
            case BIT -> 3;
            case DATE -> 8;
            case TIME -> 7;
            case DATETIME -> type.decimals() > 0 ? 15 : 14;
            case DOUBLE -> type.wire() == ColumnType.FLOAT ? FLOAT_DIGITS : DOUBLE_DIGITS + 1;
            default -> isFixed(value) ? DOUBLE_DIGITS : DOUBLE_DIGITS + 1;
        };
        long separators = digits / 3 + (decimals > 0 ? 1 : 0) + 1;
        return Type.text(digits + separators + decimals);
    }

    private static boolean isFixed(Fragment value) {
        return value.type().family() == Type.Family.NULL || value.type().isBinaryLiteral() || value.isEnumerated();
    }

    private static int integerDigits(Type type) {
        if (type.family() == Type.Family.YEAR) {
            return 4;
        }
        return switch (type.wire()) {
            case TINY -> 3;
            case SHORT -> 5;
            case null, default -> type.length() > 11 ? (type.unsigned() ? 20 : 19) : 10;
        };
    }
}
