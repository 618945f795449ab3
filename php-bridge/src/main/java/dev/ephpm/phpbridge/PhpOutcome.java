package dev.ephpm.phpbridge;

/**
 * How a script ended.
 *
 * @param fatal a fatal or parse error or an uncaught exception ended it
 * @param bytes body bytes produced
 */
public record PhpOutcome(boolean fatal, long bytes) {}
