package dev.ephpm.sqldmanager;

import dev.ephpm.config.HostAndPort;
import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** An appliance to be killed: starts a fleet in the directory of its argument, says its process numbers, and waits. */
final class FleetProgram {
    private FleetProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        HostAndPort nowhere = Fleets.freeAddress();
        SqldFleet fleet =
                SqldFleet.start(Fleets.settings(Path.of(arguments[0]), Fleets.freeAddress(), Map.of("south", nowhere)));
        SiteName site = new SiteName("a.example");
        fleet.primary().create(site, Fleets.PATIENCE);
        fleet.primary().hrana().execute(site, Fleets.sql("CREATE TABLE t (x)"), Fleets.PATIENCE);
        fleet.primary().hrana().execute(site, Fleets.sql("INSERT INTO t VALUES (1)"), Fleets.PATIENCE);
        StringBuilder line = new StringBuilder("ready");
        for (SqldStatus status : fleet.status()) {
            line.append(' ').append(status.pid().orElseThrow());
        }
        System.out.println(line);
        Thread.sleep(60_000);
    }
}
