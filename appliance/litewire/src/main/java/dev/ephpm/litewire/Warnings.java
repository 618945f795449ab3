package dev.ephpm.litewire;

import java.util.List;

/** Warnings of the last statement that could cause any; at most {@code max_error_count} are kept, all are counted. */
public interface Warnings {
    void add(Level level, int number, String message);

    int count();

    List<Warning> list();

    void clear();

    /** How grave. */
    enum Level {
        NOTE,
        WARNING,
        ERROR
    }

    /** One line of SHOW WARNINGS. */
    record Warning(Level level, int number, String message) {}
}
