package dev.ephpm.node;

import dev.ephpm.config.PhpConfig;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Optional;

/**
 * The system user PHP runs as, when the appliance runs as root.
 *
 * @param group the group of the same name, or empty when there is none
 */
record PhpAccount(UserPrincipal user, Optional<GroupPrincipal> group) {
    /** The account {@code php.user} names; empty when PHP runs as the appliance's own user. */
    static Optional<PhpAccount> of(PhpConfig php) {
        if (!"root".equals(System.getProperty("user.name")) || php.mode() == PhpConfig.Mode.EMBEDDED) {
            return Optional.empty();
        }
        UserPrincipalLookupService accounts = FileSystems.getDefault().getUserPrincipalLookupService();
        try {
            UserPrincipal user = accounts.lookupPrincipalByName(php.user());
            return Optional.of(new PhpAccount(user, group(accounts, php.user())));
        } catch (IOException e) {
            throw new OperatorException(
                    "Cannot run PHP as php.user \"" + php.user()
                            + "\": there is no such user; create it or name another",
                    e);
        }
    }

    private static Optional<GroupPrincipal> group(UserPrincipalLookupService accounts, String name) {
        try {
            return Optional.of(accounts.lookupPrincipalByGroupName(name));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Lets the user pass through a directory of ours; without a group of its own, everybody may pass. */
    void letPass(Path directory) throws IOException {
        if (group.isEmpty()) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
            return;
        }
        Files.getFileAttributeView(directory, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setGroup(group.get());
    }

    void give(Path directory) throws IOException {
        Files.getFileAttributeView(directory, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setOwner(user);
    }
}
