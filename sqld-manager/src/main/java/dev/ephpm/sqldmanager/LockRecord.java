package dev.ephpm.sqldmanager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the launcher writes into a directory's lock file.
 *
 * @param holder the sqld
 * @param owner the appliance that started it
 * @param bootId of the machine at that time
 */
record LockRecord(ProcessIdentity holder, ProcessIdentity owner, String bootId) {
    private static final Pattern LINE =
            Pattern.compile("(\\d{1,18}) (\\d{1,18}) (\\d{1,18}) (\\d{1,18}) ([0-9a-f-]+)\\s*");

    static Optional<LockRecord> read(Path file) {
        try {
            Matcher matcher = LINE.matcher(Files.exists(file) ? Files.readString(file) : "");
            return matcher.matches()
                    ? Optional.of(new LockRecord(identity(matcher, 1), identity(matcher, 3), matcher.group(5)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new SqldException(SqldException.Reason.UNAVAILABLE, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static ProcessIdentity identity(Matcher matcher, int group) {
        return new ProcessIdentity(Long.parseLong(matcher.group(group)), Long.parseLong(matcher.group(group + 1)));
    }

    /** What the launcher is told to write after its own number. */
    static String ownerText() {
        return ProcessIdentity.own() + " " + ProcessIdentity.bootId();
    }
}
