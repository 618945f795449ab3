package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.sqlite.RawText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How a literal is handed to SQLite, so that SQLite compares and computes as MySQL would. */
enum Conversion {
    RAW {
        @Override
        @Nullable
        Object apply(Literal literal) {
            return literal instanceof Literal.Decimal decimal ? ExactNumber.of(decimal.exact()) : literal.value();
        }
    },
    /** Decimals with all their digits, for values that only pass through. */
    EXACT {
        @Override
        @Nullable
        Object apply(Literal literal) {
            return literal instanceof Literal.Decimal decimal ? decimal.exact() : literal.value();
        }
    },
    /** Text is read as the number it begins with. */
    NUMBER {
        @Override
        @Nullable
        Object apply(Literal literal) {
            return switch (literal) {
                case Literal.Text text -> NumberText.parse(text.text());
                case Literal.Binary binary
                when binary.number() -> ExactNumber.ofWhole(new BigInteger(1, binary.bytes()));
                case Literal.Binary binary -> NumberText.parse(new String(binary.bytes(), StandardCharsets.ISO_8859_1));
                default -> RAW.apply(literal);
            };
        }
    },
    /** A number rounded to a whole one. */
    INTEGER {
        @Override
        @Nullable
        Object apply(Literal literal) {
            if (literal instanceof Literal.Decimal decimal) {
                return decimal.exact().setScale(0, RoundingMode.HALF_UP).longValue();
            }
            Object number = NUMBER.apply(literal);
            return number instanceof Double real ? Long.valueOf(Math.round(real)) : number;
        }
    },
    /** What bit operators work on: 64 bits. */
    BITS {
        @Override
        @Nullable
        Object apply(Literal literal) {
            return switch (literal) {
                case Literal.Decimal decimal -> ExactNumber.bits(decimal.exact());
                case Literal.Binary binary when binary.number() -> new BigInteger(1, binary.bytes()).longValue();
                default -> INTEGER.apply(literal);
            };
        }
    },
    /** Compared with a YEAR, where one or two digits are 1970 to 2069. */
    YEAR {
        @Override
        @Nullable
        Object apply(Literal literal) {
            Object number = NUMBER.apply(literal);
            if (!(number instanceof Long year) || year < 0 || year > 99) {
                return number;
            }
            boolean digits = literal instanceof Literal.Text text && NumberText.end(text.text()) > 0;
            return year == 0 && !digits ? year : Long.valueOf(year < 70 ? 2000 + year : 1900 + year);
        }
    },
    TEXT {
        @Override
        @Nullable
        Object apply(Literal literal) {
            return text(literal);
        }
    },
    BYTES {
        @Override
        @Nullable
        Object apply(Literal literal) {
            if (literal instanceof Literal.Binary binary) {
                return binary.bytes();
            }
            String text = text(literal);
            return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        }
    },
    /** As JSON text. */
    JSON {
        @Override
        @Nullable
        Object apply(Literal literal) {
            String text = text(literal);
            boolean quoted = literal instanceof Literal.Text || literal instanceof Literal.Binary;
            return text != null && quoted ? Json.quoted(text) : text;
        }
    },
    /** Compared with a DATETIME: text that is a date gets MySQL's full form, other text stays. */
    DATETIME {
        @Override
        @Nullable
        Object apply(Literal literal) {
            return moment(literal, true);
        }
    },
    DATE {
        @Override
        @Nullable
        Object apply(Literal literal) {
            return moment(literal, false);
        }
    },
    TIME {
        @Override
        @Nullable
        Object apply(Literal literal) {
            String text = text(literal);
            return text == null
                    ? null
                    : Clock.parseBeginning(text).map(c -> c.clock().text(-1)).orElse("00:00:00");
        }
    },
    /** DATE'…', which must be one. */
    DATE_LITERAL {
        @Override
        @Nullable
        Object apply(Literal literal) {
            String text = text(literal);
            return text == null
                    ? null
                    : Moment.parse(text)
                            .filter(m -> !isWithTime(text))
                            .map(Moment::dateText)
                            .orElseThrow(() -> SqlErrorCode.WRONG_VALUE.with("DATE", text));
        }
    },
    /** TIMESTAMP'…' with the decimals it was written with; date and time must be there. */
    TIMESTAMP_LITERAL {
        @Override
        @Nullable
        Object apply(Literal literal) {
            String text = text(literal);
            return text == null
                    ? null
                    : Moment.parse(text)
                            .filter(m -> isWithTime(text))
                            .map(m -> m.datetimeText(MomentTypes.fraction(text)))
                            .orElseThrow(() -> SqlErrorCode.WRONG_VALUE.with("DATETIME", text));
        }
    },
    /** TIME'…' with the decimals it was written with. */
    TIME_LITERAL {
        @Override
        @Nullable
        Object apply(Literal literal) {
            String text = text(literal);
            return text == null
                    ? null
                    : Clock.parse(text)
                            .map(c -> c.text(MomentTypes.fraction(text)))
                            .orElseThrow(() -> SqlErrorCode.WRONG_VALUE.with("TIME", text));
        }
    },
    /** Rows of a LIMIT. */
    LIMIT {
        @Override
        @Nullable
        Object apply(Literal literal) {
            if (literal instanceof Literal.Decimal) {
                return Long.MAX_VALUE;
            }
            Object number = INTEGER.apply(literal);
            return number instanceof Long rows ? Math.max(0, rows) : number;
        }
    };

    @Nullable
    abstract Object apply(Literal literal);

    private static final int DATE_DIGITS = 8;

    /** Whether text that is a moment goes on behind its date. */
    private static boolean isWithTime(String text) {
        String written = text.strip();
        boolean digits = written.chars().allMatch(c -> Characters.isDigit((char) c));
        return digits ? written.length() > DATE_DIGITS : written.matches(".*[ T:].*");
    }

    /** What MySQL calls the number that text is turned into; null when it is none. */
    @Nullable
    String truncates() {
        return switch (this) {
            case NUMBER -> "DOUBLE";
            case INTEGER, BITS -> "INTEGER";
            default -> null;
        };
    }

    /** The nearest number SQLite can hold. */
    static Object number(BigDecimal exact) {
        if (exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0) {
            BigInteger whole = exact.toBigInteger();
            if (whole.bitLength() < Long.SIZE) {
                return whole.longValue();
            }
        }
        return exact.doubleValue();
    }

    static @Nullable String text(Literal literal) {
        return switch (literal) {
            case Literal.Null _ -> null;
            case Literal.Text text -> text.text();
            case Literal.Whole whole -> Long.toString(whole.value64());
            case Literal.Decimal decimal -> decimal.exact().toPlainString();
            case Literal.Real real -> Doubles.text(real.value64());
            case Literal.Binary binary -> RawText.decode(binary.bytes(), 0, binary.bytes().length);
        };
    }

    private static @Nullable Object moment(Literal literal, boolean wholeForm) {
        String text = text(literal);
        if (text == null) {
            return null;
        }
        if (text.equals("0")) {
            return wholeForm ? Moment.ZERO.datetimeText(0) : Moment.ZERO.dateText();
        }
        return Moment.parse(text)
                .or(() -> Moment.parseBeginning(text))
                .map(m -> wholeForm || m.hasTimeOfDay() ? m.datetimeText(m.micros() == 0 ? 0 : 6) : m.dateText())
                .orElse(wholeForm ? Moment.ZERO.datetimeText(0) : Moment.ZERO.dateText());
    }
}
