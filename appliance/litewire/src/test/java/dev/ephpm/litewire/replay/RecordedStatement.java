package dev.ephpm.litewire.replay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A prepared statement on a recorded connection: its text, and what its executions leave for the next one. */
final class RecordedStatement {
    private static final int BEFORE_NULLS = 10;

    private final byte[] sql;
    private final int[] types;
    private final Map<Integer, ByteArrayOutputStream> longData = new HashMap<>();

    RecordedStatement(byte[] sql, int parameters) {
        this.sql = sql;
        this.types = new int[parameters];
    }

    byte[] sql() {
        return sql;
    }

    /** Takes a COM_STMT_SEND_LONG_DATA. */
    void addLongData(byte[] payload) {
        int parameter = (payload[5] & 0xff) | (payload[6] & 0xff) << 8;
        longData.computeIfAbsent(parameter, p -> new ByteArrayOutputStream()).write(payload, 7, payload.length - 7);
    }

    /** The values of a COM_STMT_EXECUTE. Types are sent with the first execution and hold until others are sent. */
    List<BoundParameter> parameters(byte[] payload) {
        List<BoundParameter> parameters = new ArrayList<>();
        if (types.length == 0) {
            return parameters;
        }
        ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        in.position(BEFORE_NULLS + (types.length + 7) / 8);
        if (in.get() == 1) {
            for (int i = 0; i < types.length; i++) {
                types[i] = in.getShort() & 0xffff;
            }
        }
        for (int i = 0; i < types.length; i++) {
            ByteArrayOutputStream data = longData.get(i);
            boolean isNull = (payload[BEFORE_NULLS + i / 8] & 1 << i % 8) != 0;
            if (data != null) {
                parameters.add(BoundParameter.ofBytes(data.toByteArray()));
            } else {
                parameters.add(isNull ? BoundParameter.none() : BoundParameter.read(in, types[i]));
            }
        }
        longData.clear();
        return parameters;
    }
}
