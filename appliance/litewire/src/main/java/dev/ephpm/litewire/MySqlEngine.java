package dev.ephpm.litewire;

import dev.ephpm.litewire.catalogue.Catalogue;
import dev.ephpm.litewire.catalogue.CatalogueInformationSchema;
import dev.ephpm.litewire.catalogue.CatalogueStatements;
import dev.ephpm.litewire.catalogue.Schema;
import dev.ephpm.litewire.catalogue.SchemaStatements;
import dev.ephpm.litewire.dialect.Dialect;
import dev.ephpm.litewire.dialect.MySqlDialect;
import dev.ephpm.litewire.dialect.RemoteCalls;
import dev.ephpm.litewire.dialect.SqlFunctions;
import dev.ephpm.litewire.sqlite.RemoteFunctions;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** The engine of a node: the MySQL dialect and the catalogue, which ask each other. */
public final class MySqlEngine implements SiteEngine {
    private final Dialect dialect;
    private final SchemaStatements schemaStatements;

    public MySqlEngine() {
        this.dialect = new MySqlDialect(this::planSchemaStatement, new CatalogueInformationSchema());
        this.schemaStatements = new CatalogueStatements(dialect);
    }

    private Optional<Plan> planSchemaStatement(String statement, Dialect.Context context) {
        return schemaStatements.plan(statement, context);
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public void registerFunctions(Connection connection, Set<String> present) throws SQLException {
        SqlFunctions.register(connection, present);
    }

    @Override
    public RemoteFunctions remoteFunctions() {
        return new RemoteCalls();
    }

    @Override
    public void install(SqliteHandle database) throws SQLException {
        Catalogue.install(database);
    }

    @Override
    public Schema load(SqliteHandle database) throws SQLException {
        return Catalogue.load(database);
    }
}
