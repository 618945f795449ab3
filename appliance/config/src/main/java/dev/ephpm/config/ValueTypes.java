package dev.ephpm.config;

import dev.ephpm.config.Scalar.Kind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The kinds of values configuration knows. */
final class ValueTypes {
    static final ValueType<Boolean> BOOLEAN =
            new Scalar<>("boolean", "true or false", Kind.BOOLEAN, ValueTypes::parseBoolean, String::valueOf);
    static final ValueType<Path> PATH =
            new Scalar<>("path", "a path in quotes", Kind.STRING, ValueTypes::parsePath, ValueTypes::show);
    static final ValueType<HostAndPort> ADDRESS = new Scalar<>(
            "address",
            "an address such as \"127.0.0.1:8080\"",
            Kind.STRING,
            Addresses::parse,
            address -> TomlText.literal(address.toString()));
    static final ValueType<Secret> SECRET =
            new Scalar<>("secret", "text in quotes", Kind.STRING, ValueTypes::parseSecret, ValueTypes::show);

    private static final int SHORTEST_SECRET = 16;

    private ValueTypes() {}

    static ValueType<String> text(String name, Consumer<String> check) {
        return new Scalar<>(
                name,
                name.equals("text") ? "text in quotes" : "a " + name,
                Kind.STRING,
                text -> {
                    check.accept(text);
                    return text;
                },
                TomlText::literal);
    }

    static ValueType<String> choice(String... words) {
        String expected = Arrays.stream(words).map(TomlText::literal).collect(Collectors.joining(" or "));
        return new Scalar<>(
                String.join(" \\| ", words), expected, Kind.STRING, text -> choose(text, words), TomlText::literal);
    }

    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        String[] words = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        String expected = Arrays.stream(words).map(TomlText::literal).collect(Collectors.joining(" or "));
        return new Scalar<>(
                String.join(" \\| ", words),
                expected,
                Kind.STRING,
                text -> Enum.valueOf(type, choose(text, words).toUpperCase(Locale.ROOT)),
                value -> TomlText.literal(value.name().toLowerCase(Locale.ROOT)));
    }

    static ValueType<Integer> integer(int least, int most) {
        return new Scalar<>(
                "integer",
                "a whole number from " + least + " to " + most,
                Kind.INTEGER,
                text -> (int) inRange(Long.parseLong(text.strip()), least, most),
                String::valueOf);
    }

    static ValueType<DataSize> size(DataSize least, DataSize most) {
        return new Scalar<>(
                "size",
                "bytes from " + Units.show(least) + " to " + Units.show(most) + ", such as \"64MB\"",
                Kind.STRING_OR_INTEGER,
                text -> new DataSize(inRange(Units.parseSize(text).bytes(), least.bytes(), most.bytes())),
                size -> TomlText.literal(Units.show(size)));
    }

    static ValueType<Duration> duration(Duration least, Duration most) {
        return new Scalar<>(
                "duration",
                "a time from " + Units.show(least) + " to " + Units.show(most) + ", such as \"30s\"",
                Kind.STRING_OR_INTEGER,
                text -> Duration.ofMillis(
                        inRange(Units.parseDuration(text).toMillis(), least.toMillis(), most.toMillis())),
                duration -> TomlText.literal(Units.show(duration)));
    }

    static <T> ValueType<List<T>> list(ValueType<T> element) {
        return new ListType<>(element);
    }

    private static long inRange(long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(value < least ? "too small" : "too large");
        }
        return value;
    }

    private static boolean parseBoolean(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static String choose(String text, String... words) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (!List.of(words).contains(word)) {
            throw new IllegalArgumentException("not one of them");
        }
        return word;
    }

    private static Path parsePath(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("empty; leave the key out instead");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a path: " + e.getReason(), e);
        }
    }

    private static Secret parseSecret(String text) {
        if (text.length() < SHORTEST_SECRET) {
            throw new InvalidValueException("a secret has at least " + SHORTEST_SECRET + " characters");
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new InvalidValueException("a secret is made of printable ASCII characters without spaces");
        }
        return new Secret(text);
    }

    private static String show(Path path) {
        return TomlText.literal(path.toString());
    }

    private static String show(Secret secret) {
        return TomlText.literal(secret.toString());
    }
}
