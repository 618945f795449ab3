package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.catalogue.InformationSchema;
import java.util.List;

/** The translators of one statement, which call each other. */
final class Translation {
    private final Compilation compilation;
    private final Forms forms;
    private final Collating collating;
    private final Comparisons comparisons;
    private final Arithmetic arithmetic;
    private final Expressions expressions;
    private final Functions functions;
    private final Aggregates aggregates;
    private final FullText fullText;
    private final Queries queries;
    private final Sources sources;

    Translation(Dialect.Context context, InformationSchema informationSchema, List<Marker> markers) {
        this(new Compilation(context, informationSchema, markers, null));
    }

    private Translation(Compilation compilation) {
        this.compilation = compilation;
        forms = new Forms(compilation);
        collating = new Collating(compilation.context());
        comparisons = new Comparisons(compilation, forms, collating);
        arithmetic = new Arithmetic(forms);
        expressions = new Expressions(this);
        functions = new Functions(this);
        aggregates = new Aggregates(this);
        fullText = new FullText(this);
        queries = new Queries(this);
        sources = new Sources(this);
    }

    /** A translation of the same statement that knows its literals, and so exact types. */
    Translation with(List<Literal> literals) {
        return new Translation(new Compilation(
                compilation.context(), compilation.informationSchema(), compilation.markers(), literals));
    }

    Compilation compilation() {
        return compilation;
    }

    Forms forms() {
        return forms;
    }

    Collating collating() {
        return collating;
    }

    Comparisons comparisons() {
        return comparisons;
    }

    Arithmetic arithmetic() {
        return arithmetic;
    }

    Expressions expressions() {
        return expressions;
    }

    Functions functions() {
        return functions;
    }

    Aggregates aggregates() {
        return aggregates;
    }

    FullText fullText() {
        return fullText;
    }

    Queries queries() {
        return queries;
    }

    Sources sources() {
        return sources;
    }
}
