package dev.ephpm.litewire;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** System variables of one session: the table's defaults under what this session has set, and some that are computed. */
final class SessionVariables implements SystemVariables {
    private static final String SQL_MODE = "sql_mode";
    private static final String TIME_ZONE = "time_zone";

    private final Map<String, String> changed = new HashMap<>();
    private final Map<String, Supplier<String>> computed;
    private final Setter setter;
    private @Nullable SqlMode mode;
    private @Nullable ZoneId zone;

    /**
     * @param computed values the session itself holds
     * @param setter told before a value changes; gives true when the session itself keeps it
     */
    SessionVariables(Map<String, Supplier<String>> computed, Setter setter) {
        this.computed = computed;
        this.setter = setter;
    }

    /** Side effects of setting a variable. */
    interface Setter {
        boolean set(String name, String value);
    }

    @Override
    public Optional<String> get(String name) {
        Supplier<String> source = computed.get(name);
        if (source != null) {
            return Optional.of(source.get());
        }
        String value = changed.get(name);
        if (value != null) {
            return Optional.of(value);
        }
        return Optional.ofNullable(VariableTable.variables().get(name)).map(VariableTable.Variable::initial);
    }

    /** Whether a variable is ON. */
    boolean on(String name) {
        return get(name).orElse("OFF").equals("ON");
    }

    @Override
    public void set(String name, String value) {
        VariableTable.Variable variable = VariableTable.variables().get(name);
        if (variable == null && computed.containsKey(name)) {
            var _ = setter.set(name, value);
            return;
        }
        if (variable == null) {
            throw SqlErrorCode.UNKNOWN_SYSTEM_VARIABLE.with(name);
        }
        if (!variable.settable()) {
            throw SqlErrorCode.READ_ONLY_VARIABLE.with(name);
        }
        String proper = proper(name, variable, value);
        if (!setter.set(name, proper)) {
            changed.put(name, proper);
        }
        if (name.equals(SQL_MODE)) {
            mode = SqlModes.of(proper);
        } else if (name.equals(TIME_ZONE)) {
            zone = TimeZones.of(proper);
        }
    }

    private static String proper(String name, VariableTable.Variable variable, String value) {
        if (name.equals(SQL_MODE)) {
            return SqlModes.normalise(value);
        }
        if (name.equals(TIME_ZONE)) {
            return TimeZones.normalise(value);
        }
        boolean isSwitch = variable.initial().equals("ON") || variable.initial().equals("OFF");
        return isSwitch ? switchValue(name, variable, value) : value;
    }

    private static String switchValue(String name, VariableTable.Variable variable, String value) {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "1", "ON", "TRUE" -> "ON";
            case "0", "OFF", "FALSE" -> "OFF";
            case "DEFAULT" -> variable.initial();
            default -> throw SqlErrorCode.WRONG_VALUE_FOR_VARIABLE.with(name, value);
        };
    }

    @Override
    public Map<String, String> all() {
        Map<String, String> all = new TreeMap<>();
        VariableTable.variables()
                .keySet()
                .forEach(name -> all.put(name, get(name).orElse("")));
        return all;
    }

    @Override
    public SqlMode sqlMode() {
        SqlMode current = mode;
        if (current == null) {
            current = SqlModes.of(get(SQL_MODE).orElse(""));
            mode = current;
        }
        return current;
    }

    @Override
    public ZoneId timeZone() {
        ZoneId current = zone;
        if (current == null) {
            current = TimeZones.of(get(TIME_ZONE).orElse(TimeZones.SYSTEM));
            zone = current;
        }
        return current;
    }

    /** Back to the defaults of a new session. */
    void reset() {
        changed.clear();
        mode = null;
        zone = null;
    }
}
