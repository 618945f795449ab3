package dev.ephpm.litewire.protocol;

import java.util.Optional;

/**
 * COM_CHANGE_USER. The client's first answer is ignored: the server always asks again with a fresh nonce, as MySQL does.
 *
 * @param plugin the plugin the client prefers
 */
record ChangeUser(String user, Optional<String> database, String plugin) {
    static ChangeUser parse(PayloadReader reader, int capabilities) throws ProtocolException {
        String user = reader.terminated();
        reader.skip(reader.unsignedByte());
        String database = reader.terminated();
        reader.skip(Math.min(2, reader.remaining()));
        boolean named = (capabilities & Capability.PLUGIN_AUTHENTICATION) != 0 && reader.remaining() > 0;
        return new ChangeUser(
                user,
                database.isEmpty() ? Optional.empty() : Optional.of(database),
                named ? reader.terminated() : NativePassword.NAME);
    }
}
