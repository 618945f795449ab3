package dev.ephpm.http;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A range of addresses such as {@code 10.0.0.0/8} or {@code ::1}. */
final class Cidr {
    private final byte[] network;
    private final int prefix;

    private Cidr(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        byte[] network = bytes(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            throw invalid(text);
        }
        int most = network.length * 8;
        try {
            int prefix = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            if (prefix >= 0 && prefix <= most) {
                return new Cidr(network, prefix);
            }
        } catch (NumberFormatException notANumber) {
            throw invalid(text);
        }
        throw invalid(text);
    }

    private static HttpException invalid(String text) {
        return new HttpException(
                "cannot read the address range \"" + text + "\": write 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32");
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = prefix / 8;
        if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = prefix % 8;
        return rest == 0 || ((address[whole] ^ network[whole]) & 0xff) >> (8 - rest) == 0;
    }

    /** The bytes of an IP literal without zone; IPv4 mapped into IPv6 counts as IPv4. Null when it is no address. */
    static byte @Nullable [] bytes(String literal) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(literal);
        return bytes != null && bytes.length == 16 && isMapped(bytes) ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }

    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }

    /** The literal without brackets and port, if it is an address at all. */
    static Optional<String> literal(String forwarded) {
        String text = forwarded.trim();
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            text = end < 0 ? text : text.substring(1, end);
        } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
            text = text.substring(0, text.indexOf(':'));
        }
        return bytes(text) == null || text.indexOf('%') >= 0 ? Optional.empty() : Optional.of(text);
    }
}
