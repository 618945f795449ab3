package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gate of a site whose home is here. While the lease is held, everything that was ever acknowledged is in the file. A lease
 * that could not be renewed does not end the reads, because all other regions may be gone; but then another home may have taken
 * writes, and a reader who has seen one must not be answered here.
 */
public final class HomeGate implements ReadGate {
    private final LogFiles files;
    private final Supplier<Tenure> tenure;

    /**
     * @param files of the site's directory under the primary
     * @param tenure how this node stands to the site's lease, see {@link Lease#tenure}; asked for every read, must not block
     */
    public HomeGate(LogFiles files, Supplier<Tenure> tenure) {
        this.files = requireNonNull(files, "files is null");
        this.tenure = requireNonNull(tenure, "tenure is null");
    }

    @Override
    public Optional<FileIdentity> identity() {
        return Optional.ofNullable(files.identity());
    }

    @Override
    public Admission admit(FileIdentity opened, @Nullable Position seen) {
        FileIdentity now = files.identity();
        if (now == null) {
            return Admission.NOT_HERE;
        }
        if (!now.equals(opened)) {
            return Admission.REPLACED;
        }
        return switch (tenure.get()) {
            case HELD -> Admission.ADMITTED;
            case LAPSED -> seen == null ? Admission.ADMITTED : compare(seen);
            case NONE -> Admission.NOT_HOME;
        };
    }

    private Admission compare(Position seen) {
        Position here = files.primaryPosition().orElse(null);
        if (here == null || !here.log().equals(seen.log())) {
            return Admission.FOREIGN_POSITION;
        }
        return here.reaches(seen) ? Admission.ADMITTED : Admission.BEHIND_READER;
    }
}
