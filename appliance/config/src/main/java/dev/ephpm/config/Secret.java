package dev.ephpm.config;

/**
 * A value that is masked wherever configuration is shown.
 *
 * @param value the clear text
 */
public record Secret(String value) {
    @Override
    public String toString() {
        return "********";
    }
}
