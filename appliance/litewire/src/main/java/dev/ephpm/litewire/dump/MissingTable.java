package dev.ephpm.litewire.dump;

import dev.ephpm.litewire.SqlError;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table that error 1146 is about. */
final class MissingTable {
    private static final Pattern MESSAGE = Pattern.compile("Table '[^.]*\\.(.*)' doesn't exist", Pattern.DOTALL);

    private MissingTable() {}

    static Optional<String> in(SqlError e) {
        Matcher matcher = MESSAGE.matcher(String.valueOf(e.getMessage()));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
