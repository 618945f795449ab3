package dev.ephpm.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.ephpm.config.LoggingConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The appliance's own log. Set up in code: reading an XML file would cost a tenth of the start-up time. */
final class Logging {
    private static final String TEXT_PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %msg%n%ex{full}";

    private Logging() {}

    /** For commands that end at once: what must be said goes to standard error, so that standard output stays data. */
    static void forCommand(LoggerContext context) {
        install(context, "text", "System.err");
        setLevel(context, Level.WARN);
    }

    /** For {@code dev}: only what a developer must see, on standard error. */
    static void forCommand(int verbosity) {
        setLevel(
                (LoggerContext) LoggerFactory.getILoggerFactory(),
                verbosity == 0 ? Level.WARN : verbosity == 1 ? Level.DEBUG : Level.TRACE);
    }

    /** For a node that serves: everything goes to standard output. */
    static void forNode(LoggingConfig config, int verbosity) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        install(context, config.format(), "System.out");
        configure(config, verbosity);
    }

    /** Applies a changed level; each {@code -v} lowers it by at least one step. */
    static void configure(LoggingConfig config, int verbosity) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Level level = Level.toLevel(config.level(), Level.INFO);
        if (verbosity > 0) {
            Level wanted = verbosity == 1 ? Level.DEBUG : Level.TRACE;
            level = level.isGreaterOrEqual(wanted) ? wanted : level;
        }
        setLevel(context, level);
    }

    private static void install(LoggerContext context, String format, String target) {
        context.reset();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget(target);
        appender.setEncoder(encoder(context, format));
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, String format) {
        if (format.equals("json")) {
            JsonEncoder encoder = new JsonEncoder();
            encoder.setContext(context);
            encoder.start();
            return encoder;
        }
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(TEXT_PATTERN);
        encoder.start();
        return encoder;
    }

    /** Libraries speak up only when something is wrong: their chatter is per connection, and anyone can connect. */
    private static void setLevel(LoggerContext context, Level level) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level);
        Level libraries = level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN;
        for (String library : new String[] {"io.netty", "io.vertx", "com.alibaba", "org.sqlite", "io.micrometer"}) {
            context.getLogger(library).setLevel(libraries);
        }
    }
}
