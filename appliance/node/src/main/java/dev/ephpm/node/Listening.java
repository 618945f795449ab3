package dev.ephpm.node;

import dev.ephpm.config.HostAndPort;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a listener could not be opened, in words. */
final class Listening {
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;

    private Listening() {}

    /** @param key the option that names the address */
    static OperatorException refusal(HostAndPort address, String key, Throwable failure) {
        return new OperatorException("Cannot listen on " + address + ": " + reason(address, key, failure), failure);
    }

    private static String reason(HostAndPort address, String key, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = text(cause);
            if (message.contains("address already in use") || message.contains("address in use")) {
                return "another program uses this port; stop it, or choose another address with " + key;
            }
            if (message.contains("permission denied")) {
                return address.port() < FIRST_UNPRIVILEGED_PORT
                        ? "ports below 1024 need root or CAP_NET_BIND_SERVICE; choose another address with " + key
                        : "permission denied; choose another address with " + key;
            }
            if (cause instanceof UnresolvedAddressException
                    || cause instanceof UnknownHostException
                    || message.contains("cannot assign requested address")) {
                return "this machine has no such address; choose another one with " + key;
            }
            if (cause instanceof BindException) {
                return message + "; choose another address with " + key;
            }
        }
        return failure + "; choose another address with " + key;
    }

    private static String text(@Nullable Throwable failure) {
        String message = failure == null ? null : failure.getMessage();
        return message == null ? "" : message.toLowerCase(Locale.ROOT);
    }
}
