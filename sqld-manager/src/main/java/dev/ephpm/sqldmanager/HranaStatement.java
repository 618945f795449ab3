package dev.ephpm.sqldmanager;

import java.util.List;

/**
 * One SQL statement.
 *
 * @param arguments for {@code ?1}, {@code ?2} and so on
 */
public record HranaStatement(String sql, List<HranaValue> arguments) {
    public HranaStatement {
        arguments = List.copyOf(arguments);
    }

    public static HranaStatement of(String sql, HranaValue... arguments) {
        return new HranaStatement(sql, List.of(arguments));
    }
}
