package dev.ephpm.config;

/** One PHP ini directive; {@code ini_overrides} in configuration is a list of such pairs. */
public record IniSetting(String name, String value) {}
