package dev.ephpm.node;

import dev.ephpm.config.LoadedConfig;
import dev.ephpm.config.Setting;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(check | show)",
        description = "Checks or shows the configuration without starting.")
final class ConfigCommand {
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ConfigCommand() {}

    @Spec
    private CommandSpec spec;

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Says everything that is wrong with the configuration.")
    int check(@Mixin ConfigFile file) {
        file.load();
        String where = file.path().map(path -> path + ": ").orElse("");
        spec.commandLine().getOut().println(where + "the configuration is fine");
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Prints the configuration in force, secrets masked.")
    int show(
            @Mixin ConfigFile file,
            @Option(names = "--json", description = "As JSON.") boolean json,
            @Option(names = "--changed", description = "Only what differs from the defaults.") boolean changedOnly) {
        LoadedConfig config = file.load();
        List<Setting> settings = config.settings().stream()
                .filter(setting -> !changedOnly || !setting.origin().equals(Setting.DEFAULT))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Shown.settings(settings).encodePrettily());
        } else {
            printToml(out, settings);
        }
        return 0;
    }

    private static void printToml(PrintWriter out, List<Setting> settings) {
        for (Setting setting : settings) {
            String origin = setting.origin().equals(Setting.DEFAULT) ? "" : "   # " + setting.origin();
            out.println(
                    setting.value().isEmpty()
                            ? "# " + setting.key() + " is unset"
                            : setting.key() + " = " + setting.value() + origin);
        }
    }
}
