package dev.ephpm.litewire.replay;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Writes a corpus, one JSON object a line, compressed. Any thread may write; lines appear in the order of the calls. */
final class CorpusWriter implements AutoCloseable {
    private final Writer out;

    CorpusWriter(Path file, String application, String database) throws IOException {
        out = new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8);
        line("{\"k\":\"meta\",\"app\":" + quoted(application) + ",\"create\":[" + quoted(database)
                + "],\"drop\":[],\"format\":1}");
    }

    void connect(int connection, Login login) {
        String charset = login.charset().map(c -> ",\"charset\":" + quoted(c)).orElse("");
        String flags = login.recordedFlags() == 0 ? "" : ",\"flags\":" + login.recordedFlags();
        event(connection, "connect", ",\"db\":" + quoted(login.database()) + charset + flags);
    }

    void query(int connection, byte[] sql) {
        event(connection, "query", statement(sql));
    }

    /** Several statements in one text. */
    void multi(int connection, byte[] sql) {
        event(connection, "multi", statement(sql));
    }

    void execute(int connection, byte[] sql, List<BoundParameter> parameters) {
        String types = parameters.stream().map(p -> String.valueOf(p.type())).collect(Collectors.joining());
        String values = parameters.stream().map(CorpusWriter::value).collect(Collectors.joining(","));
        event(connection, "execute", statement(sql) + ",\"types\":" + quoted(types) + ",\"params\":[" + values + "]");
    }

    void useDatabase(int connection, String database) {
        event(connection, "init_db", ",\"db\":" + quoted(database));
    }

    void quit(int connection) {
        event(connection, "quit", "");
    }

    private void event(int connection, String kind, String rest) {
        line("{\"c\":" + connection + ",\"k\":" + quoted(kind) + rest + "}");
    }

    private static String statement(byte[] sql) {
        return text(sql).map(t -> ",\"sql\":" + quoted(t)).orElseGet(() -> ",\"sql64\":" + quoted(base64(sql)));
    }

    private static String value(BoundParameter parameter) {
        String value = parameter.value();
        if (value == null) {
            return "null";
        }
        if (parameter.type() != 's') {
            return value;
        }
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        return text(bytes).map(CorpusWriter::quoted).orElseGet(() -> "{\"base64\":" + quoted(base64(bytes)) + "}");
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ') {
                        json.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }

    private synchronized void line(String json) {
        try {
            out.write(json);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
