package dev.ephpm.litewire.catalogue;

/** One action of ALTER TABLE. */
@FunctionalInterface
interface Alteration {
    void apply(TableEdit edit, SchemaChange change);
}
