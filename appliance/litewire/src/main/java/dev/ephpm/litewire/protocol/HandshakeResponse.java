package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.Optional;

/**
 * The client's half of the handshake, HandshakeResponse41.
 *
 * @param authentication what the plugin made of the password
 * @param plugin the plugin the client used; mysql_native_password when it does not say
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record HandshakeResponse(
        int capabilities, String user, byte[] authentication, Optional<String> database, String plugin) {

    private static final int MAXIMUM_PACKET_AND_CHARSET_AND_FILLER = 4 + 1 + 23;

    static HandshakeResponse parse(byte[] payload) throws ProtocolException {
        PayloadReader reader = new PayloadReader(payload);
        int capabilities = (int) reader.integer(2);
        if ((capabilities & Capability.PROTOCOL_41) == 0) {
            throw new ProtocolException(SqlErrorCode.OLD_PASSWORDS.with());
        }
        capabilities |= (int) reader.integer(2) << 16;
        if ((capabilities & Capability.SSL) != 0 || (capabilities & Capability.SECURE_CONNECTION) == 0) {
            throw new ProtocolException(SqlErrorCode.BAD_HANDSHAKE.with());
        }
        reader.skip(MAXIMUM_PACKET_AND_CHARSET_AND_FILLER);
        String user = reader.terminated();
        byte[] authentication = (capabilities & Capability.LONG_AUTHENTICATION_DATA) != 0
                ? reader.lengthEncodedBytes()
                : reader.bytes(reader.unsignedByte());
        Optional<String> database =
                (capabilities & Capability.CONNECT_WITH_DATABASE) != 0 ? named(reader.terminated()) : Optional.empty();
        String plugin = (capabilities & Capability.PLUGIN_AUTHENTICATION) != 0 && reader.remaining() > 0
                ? reader.terminated()
                : NativePassword.NAME;
        // Connection attributes follow; nothing here depends on them.
        return new HandshakeResponse(capabilities & Capability.OFFERED, user, authentication, database, plugin);
    }

    private static Optional<String> named(String database) {
        return database.isEmpty() ? Optional.empty() : Optional.of(database);
    }

    boolean has(int capability) {
        return (capabilities & capability) != 0;
    }
}
