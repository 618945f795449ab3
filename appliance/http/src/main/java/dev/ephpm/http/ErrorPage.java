package dev.ephpm.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The plain page that goes with an error status. Says nothing but the status. */
record ErrorPage(Buffer body) {
    static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("text/html; charset=utf-8");

    /** At most one page for each status the pipeline itself uses. */
    private static final Map<Integer, ErrorPage> PAGES = new ConcurrentHashMap<>();

    static ErrorPage of(int status) {
        return PAGES.computeIfAbsent(status, ErrorPage::make);
    }

    private static ErrorPage make(int status) {
        String title = status + " " + HttpResponseStatus.valueOf(status).reasonPhrase();
        return new ErrorPage(Buffer.buffer("<!doctype html><html lang=\"en\"><head><title>" + title
                + "</title></head><body><h1>" + title + "</h1></body></html>\n"));
    }
}
