package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.sqlite.RawText;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Digests, encodings, addresses. */
final class EncodingBodies {
    private static final int INVALID_TEXT = 1300;
    private static final int BAD_BASE64 = 1958;
    private static final int LONGEST_UNCOMPRESSED = 67_108_864;
    private static final int BASE64_LINE = 76;

    private EncodingBodies() {}

    static void add(SqlFunctions functions) {
        functions.add("mysql_digest", a -> digest(a.text(0), a.bytes(1)));
        functions.add("mysql_sha2", EncodingBodies::sha2);
        functions.add(
                "mysql_password",
                a -> "*"
                        + digest("SHA-1", HexFormat.of().parseHex(digest("SHA-1", a.bytes(0))))
                                .toUpperCase(Locale.ROOT));
        functions.add("mysql_crc32", a -> {
            CRC32 sum = new CRC32();
            sum.update(a.bytes(0));
            return sum.getValue();
        });
        functions.add("mysql_cast_char", a -> castToText(a.text(0), (int) a.whole(1)));
        functions.add("mysql_cast_binary", a -> castToBytes(a.value(0), (int) a.whole(1)));
        functions.add("mysql_text_of_bytes", a -> new String(a.bytes(0), StandardCharsets.ISO_8859_1));
        functions.add("mysql_bytes_of_text", a -> a.text(0).getBytes(StandardCharsets.ISO_8859_1));
        functions.add("mysql_convert", a -> CharacterConversion.convert(a.value(0), a.text(1)));
        functions.add("mysql_hex", EncodingBodies::hex);
        functions.add("mysql_unhex", a -> unhex(a.text(0)));
        functions.add(
                "mysql_to_base64",
                a -> Base64.getMimeEncoder(BASE64_LINE, new byte[] {'\n'}).encodeToString(a.bytes(0)));
        functions.add("mysql_from_base64", a -> fromBase64(a.text(0)));
        functions.add("mysql_ascii", a -> a.bytes(0).length == 0 ? 0L : (long) (a.bytes(0)[0] & 0xFF));
        functions.add("mysql_ord", a -> ord(a.text(0)));
        functions.addTakingNull("mysql_char", EncodingBodies::characters);
        functions.addChanging("mysql_uuid", _ -> UUID.randomUUID().toString());
        functions.add("mysql_compress", a -> compress(a.bytes(0)));
        functions.add("mysql_uncompress", a -> uncompress(a.bytes(0)));
        functions.add("mysql_inet_aton", a -> inetToNumber(a.text(0)));
        functions.add("mysql_inet_ntoa", a -> numberToInet(a.whole(0)));
        functions.add("mysql_inet6_aton", a -> address(a.text(0)));
        functions.add("mysql_inet6_ntoa", a -> addressText(a.bytes(0)));
    }

    /** CAST(… AS CHAR(n)): cut with a warning; a byte that is no text becomes a question mark with another one. */
    private static String castToText(String text, int length) {
        boolean longer = length >= 0 && text.codePointCount(0, text.length()) > length;
        String kept = longer ? text.substring(0, text.offsetByCodePoints(0, length)) : text;
        if (RawText.isRaw(kept)) {
            Truncation.warn(
                    INVALID_TEXT,
                    "Invalid utf8mb4 character string: '" + printable(Truncation.shown(fromFirstRaw(text))) + "'");
            kept = kept.codePoints()
                    .map(c -> Character.isSurrogate((char) c) && c < Character.MIN_SUPPLEMENTARY_CODE_POINT ? '?' : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
        if (longer) {
            Truncation.truncated("CHAR(" + length + ")", RawText.isRaw(text) ? printable(text) : text);
        }
        return kept;
    }

    private static String fromFirstRaw(String text) {
        int index = 0;
        while (!RawText.isRaw(text.substring(index, text.offsetByCodePoints(index, 1)))) {
            index = text.offsetByCodePoints(index, 1);
        }
        return text.substring(index);
    }

    /** Bytes that are no ASCII characters in hexadecimal. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        for (byte b : RawText.bytes(text)) {
            boolean plain = b >= ' ' && b < 0x7f;
            shown.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "\\x%02X", b));
        }
        return shown.toString();
    }

    /** CAST(… AS BINARY(n)): cut with a warning, text at the character, or filled with zero bytes. */
    private static byte[] castToBytes(@Nullable Object value, int length) {
        if (value instanceof byte[] bytes) {
            if (bytes.length > length) {
                Truncation.truncated("BINARY(" + length + ")", printable(RawText.decode(bytes, 0, bytes.length)));
            }
            return Arrays.copyOf(bytes, length);
        }
        String text = String.valueOf(value);
        boolean longer = text.codePointCount(0, text.length()) > length;
        if (longer) {
            Truncation.truncated("BINARY(" + length + ")", text);
        }
        byte[] kept = RawText.bytes(longer ? text.substring(0, text.offsetByCodePoints(0, length)) : text);
        return kept.length < length ? Arrays.copyOf(kept, length) : kept;
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    private static @Nullable String sha2(Arguments a) {
        return switch ((int) a.whole(1)) {
            case 0, 256 -> digest("SHA-256", a.bytes(0));
            case 224 -> digest("SHA-224", a.bytes(0));
            case 384 -> digest("SHA-384", a.bytes(0));
            case 512 -> digest("SHA-512", a.bytes(0));
            default -> null;
        };
    }

    /** Numbers in hexadecimal, text and bytes byte by byte. */
    private static String hex(Arguments a) {
        return switch (a.value(0)) {
            case Long number -> Long.toHexString(number).toUpperCase(Locale.ROOT);
            case Double number -> Long.toHexString(bits(number)).toUpperCase(Locale.ROOT);
            case null, default -> HexFormat.of().withUpperCase().formatHex(a.bytes(0));
        };
    }

    /** As 64 bits with or without a sign; all of them where it has no place in those. */
    private static long bits(double number) {
        if (number <= -0x1p63 || number >= 0x1p64) {
            return -1;
        }
        return number >= 0x1p63 ? (long) (number - 0x1p63) | Long.MIN_VALUE : Math.round(number);
    }

    private static byte @Nullable [] unhex(String text) {
        String even = text.length() % 2 == 0 ? text : "0" + text;
        try {
            return HexFormat.of().parseHex(even);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte @Nullable [] fromBase64(String text) {
        String digits = text.replaceAll("\\s", "");
        try {
            if (digits.length() % 4 != 0) {
                throw new IllegalArgumentException("no padding");
            }
            return Base64.getDecoder().decode(digits);
        } catch (IllegalArgumentException e) {
            Truncation.warn(BAD_BASE64, "Bad base64 data as position " + wrongBase64(text));
            return null;
        }
    }

    private static int wrongBase64(String text) {
        int index = 0;
        while (index < text.length() && isBase64(text.charAt(index))) {
            index++;
        }
        return index;
    }

    private static boolean isBase64(char c) {
        return (Character.isLetterOrDigit(c) && c < 128) || "+/ \n".indexOf(c) >= 0;
    }

    private static long ord(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        long number = 0;
        for (byte b : text.substring(0, text.offsetByCodePoints(0, 1)).getBytes(StandardCharsets.UTF_8)) {
            number = (number << 8) | (b & 0xFF);
        }
        return number;
    }

    private static byte[] characters(Arguments a) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < a.count(); i++) {
            if (a.isNull(i)) {
                continue;
            }
            long number = a.whole(i);
            for (int shift = 24; shift >= 0; shift -= 8) {
                if (number >> shift != 0 || shift == 0) {
                    bytes.write((int) (number >> shift));
                }
            }
        }
        return bytes.toByteArray();
    }

    /** MySQL's form: four bytes of length, then zlib. */
    private static byte[] compress(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(bytes.length)
                    .array());
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    private static byte @Nullable [] uncompress(byte[] bytes) {
        if (bytes.length <= 4) {
            return bytes.length == 0 ? bytes : null;
        }
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < 0 || length > LONGEST_UNCOMPRESSED) {
            return null;
        }
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(bytes, 4, bytes.length - 4);
            byte[] out = new byte[length];
            return inflater.inflate(out) == length ? out : null;
        } catch (DataFormatException e) {
            return null;
        }
    }

    /** Fewer than four numbers: the last one stands in the last byte, the first ones in the first. */
    private static @Nullable Long inetToNumber(String text) {
        if (text.isEmpty() || text.endsWith(".")) {
            return null;
        }
        long address = 0;
        long number = 0;
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Characters.isDigit(c)) {
                number = number * 10 + c - '0';
            } else if (c == '.') {
                points++;
                address = (address << 8) + number;
                number = 0;
            } else {
                return null;
            }
            if (number > 255) {
                return null;
            }
        }
        int missing = points == 1 ? 16 : points == 2 ? 8 : 0;
        return (address << missing << 8) + number;
    }

    private static @Nullable String numberToInet(long number) {
        if (number < 0 || number > 0xFFFF_FFFFL) {
            return null;
        }
        return (number >> 24) + "." + ((number >> 16) & 0xFF) + "." + ((number >> 8) & 0xFF) + "." + (number & 0xFF);
    }

    private static byte @Nullable [] address(String text) {
        boolean literal = text.indexOf(':') >= 0 ? text.matches("[0-9a-fA-F:.]+") : inetToNumber(text) != null;
        if (!literal) {
            return null;
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static @Nullable String addressText(byte[] bytes) {
        try {
            String text = InetAddress.getByAddress(bytes).getHostAddress();
            return bytes.length == 4 ? text : text.replaceFirst("(^|:)0(:0)+(:|$)", "::");
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
