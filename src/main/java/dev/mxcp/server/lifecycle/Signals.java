package dev.mxcp.server.lifecycle;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// SIGTERM and SIGINT end the server in order (O8): the first one runs the given action once, on a
/// thread of its own, and leaves it to the program to exit; a second one ends the process at once.
/// SIGHUP runs an action as often as it comes, where one is given (R4.1). Closing gives the signals
/// back to whoever had them.
///
/// The JVM's own reaction would be a shutdown hook and exit code 143; ours shall be 0.
/// `sun.misc.Signal` is the only way there; javac refuses to be silent about it, hence reflection.
public final class Signals implements AutoCloseable {
    private static final Map<String, Integer> EXIT_CODES = Map.of("TERM", 143, "INT", 130);

    private static final String HANGUP = "HUP";

    private final Runnable end;
    private final Runnable hangup;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final Map<Object, Object> previous = new LinkedHashMap<>();

    private Signals(Runnable end, Runnable hangup) {
        this.end = end;
        this.hangup = hangup;
    }

    /// Takes over both signals that end.
    ///
    /// @param end what the first signal does
    public static Signals endWith(Runnable end) {
        return take(new Signals(end, () -> {}));
    }

    /// Takes over both signals that end, and SIGHUP where the system has it.
    ///
    /// @param end what the first signal does
    /// @param hangup what each SIGHUP does; must be short
    public static Signals endOrReloadWith(Runnable end, Runnable hangup) {
        Signals signals = take(new Signals(end, hangup));
        if (!System.getProperty("os.name").startsWith("Windows")) {
            signals.take(HANGUP);
        }
        return signals;
    }

    private static Signals take(Signals signals) {
        EXIT_CODES.keySet().forEach(signals::take);
        return signals;
    }

    @Override
    public void close() {
        previous.forEach(Signals::handle);
        previous.clear();
    }

    private void take(String name) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            MethodHandle arrived =
                    MethodHandles.lookup()
                            .bind(this, "arrived", methodType(void.class, String.class));
            Object handler =
                    MethodHandleProxies.asInterfaceInstance(
                            Class.forName("sun.misc.SignalHandler"),
                            MethodHandles.dropArguments(
                                    MethodHandles.insertArguments(arrived, 0, name),
                                    0,
                                    signalType));
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            previous.put(signal, handle(signal, handler));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("this JDK has no sun.misc.Signal", impossible);
        }
    }

    @SuppressWarnings("UnusedMethod") // called by the handle above
    private void arrived(String name) {
        if (name.equals(HANGUP)) {
            hangup.run();
        } else if (ending.compareAndSet(false, true)) {
            Thread.ofPlatform().name("signal-" + name).start(end);
        } else {
            Runtime.getRuntime().halt(EXIT_CODES.getOrDefault(name, 1));
        }
    }

    private static Object handle(Object signal, Object handler) {
        try {
            return Class.forName("sun.misc.Signal")
                    .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"))
                    .invoke(null, signal, handler);
        } catch (InvocationTargetException refused) {
            // for instance -Xrs, which gives the signals to the operating system
            throw new IllegalStateException("the signal cannot be handled", refused.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("this JDK has no sun.misc.Signal", impossible);
        }
    }
}
