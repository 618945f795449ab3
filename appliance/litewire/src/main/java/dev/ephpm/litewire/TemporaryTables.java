package dev.ephpm.litewire;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of the temporary tables one session has made. They are ordinary tables, which the session drops when it ends; two
 * sessions cannot have one of the same name at once.
 */
final class TemporaryTables {
    private static final Pattern STATEMENT = Pattern.compile(
            "\\s*(?:create\\s+(?:or\\s+replace\\s+)?temporary\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?"
                    + "|(drop)\\s+(?:temporary\\s+)?table\\s+(?:if\\s+exists\\s+)?)"
                    + "(?:`[^`]+`\\s*\\.\\s*|[\\w$]+\\.)?(?:`((?:[^`]|``)+)`|([\\w$]+)).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int BEGINNING = 400;

    private final Set<String> names = new LinkedHashSet<>();

    /** To be told every statement that changed the schema. */
    void changed(String sql) {
        Matcher statement = STATEMENT.matcher(sql.substring(0, Math.min(sql.length(), BEGINNING)));
        if (!statement.matches()) {
            return;
        }
        String name = statement.group(2) == null ? statement.group(3) : statement.group(2).replace("``", "`");
        if (statement.group(1) == null) {
            names.add(name);
        } else {
            names.remove(name);
        }
    }

    /** The statements that drop what is left; afterwards there is nothing. */
    List<String> drops() {
        List<String> drops = names.stream()
                .map(name -> "DROP TABLE IF EXISTS `" + name.replace("`", "``") + "`")
                .toList();
        names.clear();
        return drops;
    }
}
