package dev.ephpm.node;

import dev.ephpm.config.LoadedConfig;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves the sites of this node until SIGTERM; SIGHUP reads the configuration again.")
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private ConfigFile file;

    @Mixin
    private Flags flags;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ServeCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        Optional<ConfigWatch> watch = file.path().map(ConfigWatch::new);
        LoadedConfig config = file.load(flags.list());
        Logging.forNode(config.appliance().server().logging(), flags.verbosity());
        Signals signals = new Signals();
        try (Appliance appliance = Appliance.start(config, () -> file.load(flags.list()), watch, flags.verbosity())) {
            signals.reloadWith(appliance::reload);
            signals.awaitStop();
        }
        return 0;
    }
}
