package dev.ephpm.litewire.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sqlite.Function;

/** The functions that generated SQL calls and SQLite does not have. Their names begin with {@code mysql_}. */
public final class SqlFunctions {
    private static final Set<String> CHANGING = Set.copyOf(new SqlFunctions().changing.keySet());

    private final Map<String, JavaFunction.Body> deterministic = new LinkedHashMap<>();
    private final Map<String, JavaFunction.Body> takingNull = new LinkedHashMap<>();
    private final Map<String, JavaFunction.Body> changing = new LinkedHashMap<>();

    private SqlFunctions() {
        TextBodies.add(this);
        NumberBodies.add(this);
        ExactBodies.add(this);
        CastBodies.add(this);
        MomentBodies.add(this);
        EncodingBodies.add(this);
        AesBodies.add(this);
        JsonBodies.add(this);
        JsonChanges.add(this);
        SessionBodies.add(this);
    }

    /**
     * Adds the functions to a connection of sqlite-jdbc.
     *
     * @param present names of those that are there already: the extension has twins of some in C
     */
    public static void register(Connection connection, Set<String> present) throws SQLException {
        SqlFunctions functions = new SqlFunctions();
        functions.deterministic.keySet().removeAll(present);
        for (Map.Entry<String, JavaFunction.Body> entry : functions.deterministic.entrySet()) {
            create(connection, entry, false, Function.FLAG_DETERMINISTIC);
        }
        for (Map.Entry<String, JavaFunction.Body> entry : functions.takingNull.entrySet()) {
            create(connection, entry, true, Function.FLAG_DETERMINISTIC);
        }
        for (Map.Entry<String, JavaFunction.Body> entry : functions.changing.entrySet()) {
            create(connection, entry, true, 0);
        }
        Aggregators.register(connection, present);
    }

    /** Functions that may give another value at each call. */
    static Set<String> changingNames() {
        return CHANGING;
    }

    private static void create(
            Connection connection, Map.Entry<String, JavaFunction.Body> entry, boolean takesNull, int flags)
            throws SQLException {
        Function.create(connection, entry.getKey(), new JavaFunction(entry.getValue(), takesNull), -1, flags);
    }

    /** A function of its arguments alone that is NULL when one of them is. */
    void add(String name, JavaFunction.Body body) {
        deterministic.put(name, body);
    }

    /** A function of its arguments alone that looks at NULL arguments itself. */
    void addTakingNull(String name, JavaFunction.Body body) {
        takingNull.put(name, body);
    }

    /** A function with an effect or with chance in it. */
    void addChanging(String name, JavaFunction.Body body) {
        changing.put(name, body);
    }
}
