package dev.ephpm.node;

import picocli.CommandLine.IVersionProvider;

/** Which ephpm this is. */
final class Version implements IVersionProvider {
    private static final String UNPACKAGED = "development";

    /** From the jar's manifest. */
    static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? UNPACKAGED : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "ephpm " + current(), "Java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ")"
        };
    }
}
