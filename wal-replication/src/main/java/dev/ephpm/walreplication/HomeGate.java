package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The gate of a site whose home is here: everything that was ever acknowledged is in the file, as long as the lease is held. */
public final class HomeGate implements ReadGate {
    private final LogFiles files;
    private final BooleanSupplier leaseHeld;

    /**
     * @param files of the site's directory under the primary
     * @param leaseHeld whether this node may accept the site's writes; asked for every read, must not block
     */
    public HomeGate(LogFiles files, BooleanSupplier leaseHeld) {
        this.files = requireNonNull(files, "files is null");
        this.leaseHeld = requireNonNull(leaseHeld, "leaseHeld is null");
    }

    @Override
    public Optional<FileIdentity> identity() {
        return Optional.ofNullable(files.identity());
    }

    @Override
    public Admission admit(FileIdentity opened, @Nullable Position seen) {
        if (!leaseHeld.getAsBoolean()) {
            return Admission.NOT_HOME;
        }
        FileIdentity now = files.identity();
        if (now == null) {
            return Admission.NOT_HERE;
        }
        return now.equals(opened) ? Admission.ADMITTED : Admission.REPLACED;
    }
}
