package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.catalogue.InformationSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one statement's translation collects. Fragments name their parameters by private placeholders, because fragments may
 * be dropped or repeated; {@link #finish} numbers those that remain.
 */
final class Compilation {
    private static final char OPEN = '\uE000';
    private static final char CLOSE = '\uE001';

    private final Dialect.Context context;
    private final InformationSchema informationSchema;
    private final List<Marker> markers;
    private final List<Binding> bindings = new ArrayList<>();
    private final Map<Binding, Integer> indexes = new HashMap<>();
    private Map<String, String> insertedTexts = Map.of();
    private boolean assignsVariables;
    private boolean assignsId;
    private final Set<String> tables = new HashSet<>();
    private final Map<String, Type> assignedTypes = new HashMap<>();
    private final List<String> first = new ArrayList<>();

    /** The literals' values when a translation is made to learn exact types, else null. */
    private final @Nullable List<Literal> exact;

    Compilation(
            Dialect.Context context,
            InformationSchema informationSchema,
            List<Marker> markers,
            @Nullable List<Literal> exact) {
        this.exact = exact;
        this.context = context;
        this.informationSchema = informationSchema;
        this.markers = markers;
    }

    /** SQLite text and where its parameters come from. */
    record Finished(String sql, List<Binding> bindings) {}

    Dialect.Context context() {
        return context;
    }

    InformationSchema informationSchema() {
        return informationSchema;
    }

    Marker marker(int slot) {
        return markers.get(slot);
    }

    /** What {@code VALUES(column)} stands for, by lower-case column name. */
    void inserting(Map<String, String> texts) {
        insertedTexts = texts;
    }

    Optional<String> insertedText(String column) {
        return Optional.ofNullable(insertedTexts.get(column.toLowerCase(Locale.ROOT)));
    }

    boolean assignsVariables() {
        return assignsVariables;
    }

    void assignVariables() {
        assignsVariables = true;
    }

    boolean assignsId() {
        return assignsId;
    }

    /** LAST_INSERT_ID(n) has been read: what follows sees its value. */
    void assignId() {
        assignsId = true;
    }

    /** The tables the statement names, wherever. */
    Set<String> tables() {
        return Set.copyOf(tables);
    }

    void readTable(String name) {
        tables.add(name);
    }

    /** The statement gives the variable values of this type. */
    void assigned(String variable, Type type) {
        assignedTypes.put(variable, type);
    }

    Optional<Type> assignedType(String variable) {
        return Optional.ofNullable(assignedTypes.get(variable));
    }

    /** A query to run before the statement, for its assignments. */
    void runFirst(String sql) {
        first.add(sql);
    }

    List<Finished> first() {
        return first.stream().map(this::finish).toList();
    }

    /** Whether the slot's text can be compared by NOCASE. */
    boolean isPlain(int slot) {
        return switch (marker(slot).kind()) {
            case OTHER_TEXT, PARAMETER -> false;
            default -> true;
        };
    }

    /** The text of a parameter with this value. */
    String parameter(Binding binding) {
        int index = indexes.computeIfAbsent(binding, added -> {
            bindings.add(added);
            return bindings.size() - 1;
        });
        return OPEN + Integer.toString(index) + CLOSE;
    }

    /** Where the value of a text comes from that is one parameter and nothing else. */
    Optional<Binding> binding(String text) {
        boolean one = text.length() > 2 && text.charAt(0) == OPEN && text.indexOf(CLOSE) == text.length() - 1;
        return one
                ? Optional.of(bindings.get(Integer.parseInt(text.substring(1, text.length() - 1))))
                : Optional.empty();
    }

    /** Whether the text is nothing but a parameter. */
    static boolean isParameter(String text) {
        return text.length() > 2 && text.charAt(0) == OPEN && text.indexOf(CLOSE) == text.length() - 1;
    }

    Fragment slot(int slot) {
        return new Fragment(parameter(new Binding.OfSlot(slot, Conversion.RAW)), type(slot), null, slot, literal(slot));
    }

    private Type type(int slot) {
        return exact == null || literal(slot) == null ? LiteralTypes.of(marker(slot)) : LiteralTypes.of(exact, slot);
    }

    /** The literal itself, when this translation is for one run only. */
    @Nullable
    Literal literal(int slot) {
        return exact == null || slot < 0 || slot >= exact.size() ? null : exact.get(slot);
    }

    List<Marker> markers() {
        return markers;
    }

    String slot(int slot, Conversion conversion) {
        return parameter(new Binding.OfSlot(slot, conversion));
    }

    Finished finish(String text) {
        StringBuilder sql = new StringBuilder(text.length());
        List<Binding> used = new ArrayList<>();
        int[] numbers = new int[bindings.size()];
        int from = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            int close = text.indexOf(CLOSE, open);
            int index = Integer.parseInt(text.substring(open + 1, close));
            if (numbers[index] == 0) {
                used.add(bindings.get(index));
                numbers[index] = used.size();
            }
            sql.append(text, from, open).append('?').append(numbers[index]);
            from = close + 1;
        }
        sql.append(text, from, text.length());
        return new Finished(sql.toString(), List.copyOf(used));
    }
}
