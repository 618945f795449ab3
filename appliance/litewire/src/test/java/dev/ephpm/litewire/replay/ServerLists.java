package dev.ephpm.litewire.replay;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lists of a server's own, SHOW VARIABLES and SHOW STATUS of all or of all that begin alike: two MariaDBs differ in them. What
 * can be right or wrong is their form, and that no name is in ours that MariaDB does not have.
 */
final class ServerLists {
    private static final Pattern LIST = Pattern.compile(
            "\\s*SHOW\\s+((GLOBAL|SESSION)\\s+)?(VARIABLES|STATUS)(\\s+LIKE\\s+'[^']*%')?\\s*;?\\s*",
            Pattern.CASE_INSENSITIVE);

    private ServerLists() {}

    static boolean isList(Outcome outcome) {
        return LIST.matcher(outcome.sql()).matches();
    }

    /** Whether only the lines differ, and ours have names that MariaDB has. */
    static boolean agree(Outcome expected, Outcome actual, List<Difference> found) {
        return found.stream().allMatch(difference -> difference.kind().equals("rows"))
                && !actual.rows().isEmpty()
                && names(expected).containsAll(names(actual));
    }

    private static Set<String> names(Outcome outcome) {
        Set<String> names = new HashSet<>();
        outcome.rows().forEach(row -> names.add(row.substring(0, row.indexOf('\t'))));
        return names;
    }
}
