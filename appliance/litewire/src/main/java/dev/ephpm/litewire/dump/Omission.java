package dev.ephpm.litewire.dump;

/**
 * Something in a dump that a site cannot have.
 *
 * @param kind {@code trigger}, {@code procedure}, {@code view} …
 * @param reason why
 */
public record Omission(String kind, String name, long line, String reason) {
    @Override
    public String toString() {
        return kind + " " + name + " (line " + line + "): " + reason;
    }
}
