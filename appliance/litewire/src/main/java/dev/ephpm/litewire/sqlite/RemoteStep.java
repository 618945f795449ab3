package dev.ephpm.litewire.sqlite;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One SQL statement for a remote server.
 *
 * @param parameters null, Long, Double, String or byte[]; number n of the list is {@code ?n+1} in the text
 */
public record RemoteStep(String sql, List<@Nullable Object> parameters) {}
