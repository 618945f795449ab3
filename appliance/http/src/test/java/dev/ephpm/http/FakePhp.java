package dev.ephpm.http;

import dev.ephpm.phpbridge.PhpEngine;
import dev.ephpm.phpbridge.PhpException;
import dev.ephpm.phpbridge.PhpRequest;
import dev.ephpm.phpbridge.PhpResponse;
import dev.ephpm.phpbridge.PhpStatus;
import dev.ephpm.phpbridge.PhpTenant;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** PHP as far as the request path is concerned: scripts are lambdas, found by their script name. */
final class FakePhp implements PhpEngine {
    /** What a script does with a request, on the request's event loop. */
    interface Behaviour {
        void run(PhpRequest request, FakeResponse response, Promise<PhpResponse> answer);
    }

    private final Map<String, Behaviour> scripts = new ConcurrentHashMap<>();
    private final List<PhpRequest> requests = new CopyOnWriteArrayList<>();
    private final List<FakeResponse> responses = new CopyOnWriteArrayList<>();
    private final AtomicInteger runs = new AtomicInteger();

    void script(String scriptName, Behaviour behaviour) {
        scripts.put(scriptName, behaviour);
    }

    /** A script that answers at once. */
    void page(String scriptName, int status, Map<String, String> headers, String body) {
        script(scriptName, (request, response, answer) -> {
            response.status(status);
            headers.forEach(response::header);
            response.length(request.method().equals("HEAD") ? -1 : body.length());
            response.write(Buffer.buffer(body));
            response.end(false);
            answer.complete(response);
        });
    }

    void failing(String scriptName, PhpException.Reason reason) {
        script(scriptName, (request, response, answer) -> answer.fail(new PhpException(reason, "as the test wants")));
    }

    List<PhpRequest> requests() {
        return requests;
    }

    List<FakeResponse> responses() {
        return responses;
    }

    int runs() {
        return runs.get();
    }

    @Override
    public Future<PhpResponse> execute(PhpRequest request) {
        runs.incrementAndGet();
        requests.add(request);
        Promise<PhpResponse> answer = Promise.promise();
        FakeResponse response = new FakeResponse(Objects.requireNonNull(Vertx.currentContext()));
        responses.add(response);
        Behaviour behaviour = scripts.get(request.serverVariables().get("SCRIPT_NAME"));
        if (behaviour == null) {
            response.write(Buffer.buffer("ran " + request.serverVariables().get("SCRIPT_NAME")));
            response.end(false);
            answer.complete(response);
        } else {
            behaviour.run(request, response, answer);
        }
        return answer.future();
    }

    /** Reads a whole body and answers with it. */
    static final Behaviour ECHO = (request, response, answer) -> {
        if (request.body() == null) {
            response.write(Buffer.buffer("no body"));
            response.end(false);
            answer.complete(response);
            return;
        }
        Buffer all = Buffer.buffer();
        request.body().handler(all::appendBuffer);
        request.body().endHandler(end -> {
            response.write(all);
            response.end(false);
            answer.complete(response);
        });
        request.body().resume();
    };

    @Override
    public Future<Void> start() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Integer> invalidate(Path documentRoot) {
        return Future.succeededFuture(0);
    }

    @Override
    public Future<List<String>> compile(PhpTenant tenant, List<Path> files) {
        return Future.succeededFuture(List.of());
    }

    @Override
    public PhpStatus status() {
        return new PhpStatus(true, "8.2", 1, 0, 0, runs.get(), 0, 0, 0, 0);
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
