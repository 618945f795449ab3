package dev.ephpm.litewire.sqlite;

import java.nio.file.Path;

/** The two ways to SQLite, which have to give the same answers. */
public enum TestLibrary {
    NATIVE,
    DRIVER;

    private static final Path NATIVE_DIRECTORY = Path.of(System.getProperty("litewire.native"));
    private static final SqliteLibrary WITH_EXTENSION = new NativeLibrary(NATIVE_DIRECTORY);
    private static final SqliteLibrary WITHOUT = new DriverLibrary();

    /** Where a server is told to look for the extension. */
    public Path directory() {
        return this == NATIVE ? NATIVE_DIRECTORY : NATIVE_DIRECTORY.resolve("none");
    }

    public SqliteLibrary library() {
        return this == NATIVE ? WITH_EXTENSION : WITHOUT;
    }
}
