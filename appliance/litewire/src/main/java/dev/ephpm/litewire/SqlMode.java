package dev.ephpm.litewire;

/** The flags of sql_mode that change how text is read or values are stored. Part of the key of cached plans. */
public record SqlMode(
        boolean ansiQuotes,
        boolean pipesAsConcat,
        boolean noBackslashEscapes,
        boolean strict,
        boolean noZeroDate,
        boolean noZeroInDate,
        boolean onlyFullGroupBy,
        boolean noAutoValueOnZero,
        boolean errorForDivisionByZero) {}
