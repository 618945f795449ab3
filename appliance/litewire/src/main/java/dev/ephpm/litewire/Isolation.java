package dev.ephpm.litewire;

import java.util.Locale;

/** Isolation levels of transactions. With one writer at a time they differ only in what a transaction that has not written reads. */
enum Isolation {
    READ_UNCOMMITTED,
    READ_COMMITTED,
    REPEATABLE_READ,
    SERIALIZABLE;

    /** By the value of {@code tx_isolation}. */
    static Isolation of(String value) {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "READ-UNCOMMITTED" -> READ_UNCOMMITTED;
            case "READ-COMMITTED" -> READ_COMMITTED;
            case "SERIALIZABLE" -> SERIALIZABLE;
            default -> REPEATABLE_READ;
        };
    }

    /** Whether a transaction sees one snapshot; otherwise each statement sees what is committed by then. */
    boolean repeatsReads() {
        return this == REPEATABLE_READ || this == SERIALIZABLE;
    }
}
