package dev.ephpm.config;

import java.util.List;
import java.util.Objects;

/** What loading gave: the validated records, and every option with its value and origin. */
public final class LoadedConfig {
    private final ApplianceConfig appliance;
    private final Values values;

    LoadedConfig(ApplianceConfig appliance, Values values) {
        this.appliance = appliance;
        this.values = values;
    }

    public ApplianceConfig appliance() {
        return appliance;
    }

    /** In the order of the documentation, secrets masked. */
    public List<Setting> settings() {
        return values.settings(OptionTable.appliance());
    }

    /** The options whose value differs from the other's, in order. */
    public List<ConfigKey<?>> changedSince(LoadedConfig before) {
        return OptionTable.appliance().keys().stream()
                .filter(key -> !Objects.equals(values.raw(key), before.values.raw(key)))
                .toList();
    }
}
