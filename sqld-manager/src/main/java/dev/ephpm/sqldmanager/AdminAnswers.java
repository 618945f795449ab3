package dev.ephpm.sqldmanager;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the JSON objects of sqld's admin port. */
final class AdminAnswers {
    private static final JsonFactory JSON = new JsonFactory();

    private AdminAnswers() {}

    static NamespaceStats stats(byte[] body) throws IOException {
        OptionalLong index = OptionalLong.empty();
        try (JsonParser parser = members(body)) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = "replication_index".equals(parser.currentName());
                JsonToken value = parser.nextToken();
                if (wanted && value == JsonToken.VALUE_NUMBER_INT) {
                    index = OptionalLong.of(parser.getLongValue());
                }
                parser.skipChildren();
            }
        }
        return new NamespaceStats(index);
    }

    static NamespaceConfig config(byte[] body) throws IOException {
        boolean reads = false;
        boolean writes = false;
        Optional<String> reason = Optional.empty();
        try (JsonParser parser = members(body)) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "block_reads" -> reads = value == JsonToken.VALUE_TRUE;
                    case "block_writes" -> writes = value == JsonToken.VALUE_TRUE;
                    case "block_reason" ->
                        reason = Optional.ofNullable(value == JsonToken.VALUE_STRING ? parser.getText() : null);
                    default -> parser.skipChildren();
                }
            }
        }
        return new NamespaceConfig(reads, writes, reason);
    }

    private static JsonParser members(byte[] body) throws IOException {
        JsonParser parser = JSON.createParser(body);
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            parser.close();
            throw new IOException("not a JSON object");
        }
        return parser;
    }
}
