package dev.ephpm.litewire.sqlite;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step did.
 *
 * @param columns names
 * @param rows values: null, Long, Double, String or byte[]
 * @param affectedRows rows the statement changed itself, without those its triggers changed
 * @param lastInsertRowid of the connection
 * @param frame the log's newest frame after a commit, −1 when the server does not say
 */
public record RemoteResult(
        List<String> columns, List<@Nullable Object[]> rows, long affectedRows, long lastInsertRowid, long frame) {}
