package dev.ephpm.sqldmanager;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;

/** Gathers a statement's result while it is read. Numbers of 64 bits are strings in Hrana's JSON. */
final class StatementBody {
    private final List<String> columns = new ArrayList<>();
    private final List<List<HranaValue>> rows = new ArrayList<>();
    private long affectedRows;
    private OptionalLong lastInsertId = OptionalLong.empty();
    private OptionalLong replicationIndex = OptionalLong.empty();

    static HranaResult read(JsonParser json) throws IOException {
        StatementBody body = new StatementBody();
        PipelineResponse.require(json.currentToken() == JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            body.member(json, name);
        }
        return body.toResult();
    }

    /** The parser stands at the member's value. */
    void member(JsonParser json, String name) throws IOException {
        switch (name) {
            case "cols" -> {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    columns.add(columnName(json));
                }
            }
            case "rows" -> {
                while (json.nextToken() == JsonToken.START_ARRAY) {
                    rows.add(row(json));
                }
            }
            case "affected_row_count" -> affectedRows = json.getLongValue();
            case "last_insert_rowid" -> lastInsertId = number(json);
            case "replication_index" -> replicationIndex = number(json);
            default -> json.skipChildren();
        }
    }

    HranaResult toResult() {
        return new HranaResult(List.copyOf(columns), rows, affectedRows, lastInsertId, replicationIndex);
    }

    private static OptionalLong number(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NULL
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(json.getText()));
    }

    private static String columnName(JsonParser json) throws IOException {
        String column = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if ("name".equals(name)) {
                column = json.getValueAsString("");
            }
            json.skipChildren();
        }
        return column;
    }

    private List<HranaValue> row(JsonParser json) throws IOException {
        List<HranaValue> values = new ArrayList<>(columns.size());
        while (json.nextToken() == JsonToken.START_OBJECT) {
            values.add(value(json));
        }
        return values;
    }

    private static HranaValue value(JsonParser json) throws IOException {
        String type = "";
        String text = "";
        double real = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            switch (name) {
                case "type" -> type = json.getText();
                case "value", "base64" -> {
                    boolean number = token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT;
                    PipelineResponse.require(number || token == JsonToken.VALUE_STRING);
                    real = number ? json.getDoubleValue() : 0;
                    text = number ? "" : json.getText();
                }
                default -> json.skipChildren();
            }
        }
        return switch (type) {
            case "null" -> HranaValue.Null.VALUE;
            case "integer" -> new HranaValue.Int64(Long.parseLong(text));
            case "float" -> new HranaValue.Real(real);
            case "text" -> new HranaValue.Text(text);
            case "blob" -> new HranaValue.Blob(Base64.getDecoder().decode(text));
            default -> throw new IOException("a value of the type '" + type + "'");
        };
    }
}
