package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.sqlite.RawText;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.Function;

/** A scalar function written in Java, as sqlite-jdbc calls it. */
final class JavaFunction extends Function {
    private static final Logger log = LoggerFactory.getLogger(JavaFunction.class);
    private static final int FLOAT = 2;
    private static final int TEXT = 3;
    private static final int BLOB = 4;
    private static final int NULL = 5;

    private final Body body;
    private final boolean takesNull;

    /** What the function computes: null, Long, Integer, Double, String or byte[]. */
    interface Body {
        @Nullable
        Object apply(Arguments arguments);
    }

    /** @param takesNull false when the answer is NULL as soon as one argument is */
    JavaFunction(Body body, boolean takesNull) {
        this.body = body;
        this.takesNull = takesNull;
    }

    @Override
    protected void xFunc() throws SQLException {
        Arguments arguments = new Call();
        if (!takesNull) {
            for (int i = 0; i < args(); i++) {
                if (arguments.isNull(i)) {
                    result();
                    return;
                }
            }
        }
        try {
            answer(body.apply(arguments));
        } catch (SqlError e) {
            fail(e);
        } catch (StackOverflowError e) {
            fail(SqlErrorCode.STACK_OVERRUN.with());
        } catch (OutOfMemoryError e) {
            fail(SqlErrorCode.OUT_OF_MEMORY.with(0));
        } catch (RuntimeException e) {
            // It must not cross SQLite's own frames.
            log.error("an SQL function failed", e);
            fail(SqlErrorCode.UNKNOWN_ERROR.with("internal error: " + e));
        }
    }

    private void fail(SqlError error) throws SQLException {
        RunningStatement.fail(error);
        error(error.getMessage());
    }

    private void answer(@Nullable Object value) throws SQLException {
        switch (value) {
            case null -> result();
            case Long whole -> result(whole);
            case Integer whole -> result(whole);
            case Double real -> result(real);
            case byte[] bytes -> result(bytes);
            case String text when RawText.isRaw(text) -> result(RawText.bytes(text));
            default -> result(value.toString());
        }
    }

    /** sqlite-jdbc's accessors without their checked exceptions, which only misuse provokes. */
    private final class Call implements Arguments {
        @Override
        public int count() {
            return read(() -> args());
        }

        @Override
        public boolean isNull(int index) {
            return read(() -> value_type(index)) == NULL;
        }

        @Override
        public String text(int index) {
            byte[] bytes = bytes(index);
            return RawText.decode(bytes, 0, bytes.length);
        }

        @Override
        public double real(int index) {
            return read(() -> value_double(index));
        }

        @Override
        public long whole(int index) {
            return read(() -> value_long(index));
        }

        @Override
        public byte[] bytes(int index) {
            return Objects.requireNonNullElse(read(() -> value_blob(index)), new byte[0]);
        }

        @Override
        public @Nullable Object value(int index) {
            return switch (read(() -> value_type(index))) {
                case FLOAT -> real(index);
                case TEXT -> text(index);
                case BLOB -> bytes(index);
                case NULL -> null;
                default -> whole(index);
            };
        }

        private <T extends @Nullable Object> T read(Access<T> access) {
            try {
                return access.get();
            } catch (SQLException e) {
                throw new IllegalStateException("cannot read an argument of an SQL function", e);
            }
        }
    }

    private interface Access<T extends @Nullable Object> {
        T get() throws SQLException;
    }
}
