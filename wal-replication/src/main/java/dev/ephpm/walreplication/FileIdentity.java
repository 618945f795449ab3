package dev.ephpm.walreplication;

/**
 * Which file it is, whatever its name. While a file is held open, no other can have the same identity.
 *
 * @param device the file system
 * @param inode the file in it
 */
public record FileIdentity(long device, long inode) {}
