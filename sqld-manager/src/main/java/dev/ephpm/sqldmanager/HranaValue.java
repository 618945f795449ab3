package dev.ephpm.sqldmanager;

import java.util.Arrays;

/** A value as SQLite has it. Immutable; who passes an array to {@link Blob} leaves it alone afterwards. */
public sealed interface HranaValue {
    record Null() implements HranaValue {
        public static final Null VALUE = new Null();
    }

    record Int64(long value) implements HranaValue {}

    record Real(double value) implements HranaValue {}

    record Text(String value) implements HranaValue {}

    /** @param value not copied: blobs may be large */
    @SuppressWarnings("ArrayRecordComponent") // equality is by content, below
    record Blob(byte[] value) implements HranaValue {
        @Override
        public boolean equals(Object other) {
            return other instanceof Blob(byte[] bytes) && Arrays.equals(value, bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Blob[" + value.length + " bytes]";
        }
    }
}
