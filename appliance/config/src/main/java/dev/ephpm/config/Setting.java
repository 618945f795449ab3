package dev.ephpm.config;

/**
 * One option as it is in force.
 *
 * @param value as TOML, masked when secret, {@code ""} when unset
 * @param origin {@code default}, or where it was written
 */
public record Setting(ConfigKey<?> key, String value, String origin) {
    /** The origin of values nobody wrote. */
    public static final String DEFAULT = "default";
}
