package dev.ephpm.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads one TOML file into values, noting every problem with its line. */
final class TomlSource {
    private static final long LARGEST_FILE = 1 << 20;

    private final OptionTable table;
    private final Values values;
    private final List<Problem> problems;
    private final String file;

    TomlSource(OptionTable table, Values values, List<Problem> problems, Path file) {
        this.table = table;
        this.values = values;
        this.problems = problems;
        this.file = file.toString();
    }

    static void read(OptionTable table, Path file, Values values, List<Problem> problems) {
        TomlSource source = new TomlSource(table, values, problems, file);
        try {
            source.read(text(file));
        } catch (NoSuchFileException e) {
            source.unreadable("the file does not exist; create it or name another one");
        } catch (AccessDeniedException e) {
            source.unreadable("the file cannot be read: permission denied");
        } catch (CharacterCodingException e) {
            source.unreadable("the file is not UTF-8 text");
        } catch (IOException e) {
            source.unreadable("the file cannot be read: " + e.getMessage());
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("it is not a file");
        }
        if (Files.exists(file) && Files.size(file) > LARGEST_FILE) {
            throw new IOException("it is larger than 1 MB");
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private void read(String text) {
        TomlParseResult result = Toml.parse(text);
        if (result.hasErrors()) {
            for (TomlParseError error : result.errors()) {
                problems.add(new Problem(at(error.position()), "", "not valid TOML: " + error.getMessage()));
            }
            return;
        }
        walk(result, result, List.of());
    }

    private void walk(TomlTable root, TomlTable current, List<String> path) {
        for (String name : current.keySet()) {
            List<String> here = new ArrayList<>(path);
            here.add(name);
            Object value = current.get(List.of(name));
            if (value != null) {
                take(root, value, here);
            }
        }
    }

    private void take(TomlTable root, Object value, List<String> path) {
        String name = String.join(".", path);
        String origin = at(root.inputPositionOf(path));
        ConfigKey<?> key = table.find(name);
        if (key != null) {
            values.read(key, value, origin, problems);
        } else if (!table.isSection(name)) {
            problems.add(new Problem(origin, name, table.explainUnknown(name)));
        } else if (value instanceof TomlTable section) {
            walk(root, section, path);
        } else {
            String once = value instanceof TomlArray ? " once, with single brackets" : "";
            problems.add(new Problem(origin, name, "this is a section, not a value; write [" + name + "]" + once));
        }
    }

    private void unreadable(String message) {
        problems.add(new Problem(file, "", message));
    }

    private String at(@Nullable TomlPosition position) {
        return position == null ? file : file + ":" + position.line() + ":" + position.column();
    }
}
