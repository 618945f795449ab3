package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A prepared statement as its client sees it: the types bound last, and data sent ahead. */
final class ClientStatement {
    private final ServerSession.Prepared prepared;
    private final long largestData;
    private final Map<Integer, ByteArrayOutputStream> sentAhead = new HashMap<>();
    private int[] types = new int[0];
    private @Nullable SqlError failure;

    ClientStatement(ServerSession.Prepared prepared, long largestData) {
        this.prepared = prepared;
        this.largestData = largestData;
    }

    ServerSession.Prepared prepared() {
        return prepared;
    }

    /** COM_STMT_SEND_LONG_DATA has no answer; what is wrong is told at the next execute. */
    void append(int parameter, byte[] data) {
        if (parameter >= prepared.parameterCount()) {
            failure = SqlErrorCode.WRONG_ARGUMENTS.with("mysqld_stmt_send_long_data");
            return;
        }
        long held = sentAhead.values().stream()
                .mapToLong(ByteArrayOutputStream::size)
                .sum();
        if (held + data.length > largestData) {
            failure = SqlErrorCode.PACKET_TOO_LARGE.with();
            sentAhead.clear();
            return;
        }
        sentAhead.computeIfAbsent(parameter, _ -> new ByteArrayOutputStream()).writeBytes(data);
    }

    /** COM_STMT_RESET, and the end of every execute. */
    void forgetData() {
        sentAhead.clear();
        failure = null;
    }

    /** The values of COM_STMT_EXECUTE, after its flags and iteration count. */
    List<Literal> read(PayloadReader source) throws ProtocolException {
        if (failure != null) {
            throw failure;
        }
        int count = prepared.parameterCount();
        if (count == 0) {
            return List.of();
        }
        byte[] nulls = source.bytes((count + 7) / 8);
        if (source.unsignedByte() == 1) {
            readTypes(source, count);
        }
        if (types.length != count) {
            throw SqlErrorCode.WRONG_ARGUMENTS.with("mysqld_stmt_execute");
        }
        List<Literal> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(value(source, nulls, i));
        }
        return values;
    }

    private void readTypes(PayloadReader source, int count) throws ProtocolException {
        int[] bound = new int[count];
        for (int i = 0; i < count; i++) {
            bound[i] = (int) source.integer(2);
        }
        types = bound;
    }

    private Literal value(PayloadReader source, byte[] nulls, int index) throws ProtocolException {
        ByteArrayOutputStream data = sentAhead.get(index);
        if (data != null) {
            return ParameterValue.ofBytes(types[index], data.toByteArray());
        }
        boolean isNull = (nulls[index / 8] >> (index % 8) & 1) != 0;
        return isNull ? new Literal.Null() : ParameterValue.read(source, types[index]);
    }
}
