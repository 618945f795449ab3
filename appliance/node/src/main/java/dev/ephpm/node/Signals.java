package dev.ephpm.node;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SIGTERM and SIGINT end the node in order, a second one at once; SIGHUP reloads. */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final int ABANDONED = 1;

    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Runnable reload =
            () -> LOG.info("SIGHUP: still starting, the configuration was read a moment ago");

    /** Listens before the node starts: a node that is ready must already end in order. */
    Signals() {
        handle("TERM", this::stop);
        handle("INT", this::stop);
        handle("HUP", name -> reload.run());
    }

    /** @param action what SIGHUP does from now on; called on a thread of its own, one call at a time */
    void reloadWith(Runnable action) {
        reload = action;
    }

    void awaitStop() throws InterruptedException {
        stop.await();
    }

    private void stop(String name) {
        if (stop.getCount() == 0) {
            LOG.warn("SIG{} again: stopping at once", name);
            Runtime.getRuntime().halt(ABANDONED);
        }
        LOG.info("SIG{}: finishing requests in flight", name);
        stop.countDown();
    }

    /**
     * sun.misc.Signal is the only way to hear SIGHUP and to end with 0 after SIGTERM. It is reached by reflection because the
     * compiler's warning about it cannot be switched off, and warnings are errors here.
     */
    private static void handle(String name, Consumer<String> action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, received) -> {
                        if (method.getName().equals("handle")) {
                            action.accept(name);
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (InvocationTargetException e) {
            LOG.warn("SIG{} keeps its usual effect: {}", name, String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java runtime has no sun.misc.Signal (module jdk.unsupported)", e);
        }
    }
}
