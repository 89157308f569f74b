package dev.mxcp.problem;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What stops the work, by who can do something about it. Everything else that is thrown is a bug
/// of ours.
public abstract sealed class MxcpException extends RuntimeException {

    private MxcpException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// For the author of the project: every problem found, not only the first.
    public static final class InvalidProject extends MxcpException {
        private final List<Problem> problems;

        /// @param problems at least one
        public InvalidProject(List<Problem> problems) {
            super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")), null);
            this.problems = List.copyOf(problems);
        }

        public InvalidProject(Problem problem) {
            this(List.of(problem));
        }

        public List<Problem> problems() {
            return problems;
        }
    }

    /// For the caller: another call would succeed (bad arguments, an unknown endpoint). The message
    /// is safe to show.
    public static final class CallRejected extends MxcpException {
        public CallRejected(String shownToCaller) {
            super(shownToCaller, null);
        }
    }

    /// For both: the caller reads the message, the operator's log has the cause.
    public static final class EndpointFailed extends MxcpException {
        public EndpointFailed(String shownToCaller, @Nullable Throwable cause) {
            super(shownToCaller, cause);
        }
    }

    /// The call was ended from outside: by its caller, by its deadline or by the server's end. The
    /// message says which.
    public static final class CallCancelled extends MxcpException {
        public CallCancelled(String reason) {
            super(reason, null);
        }
    }

    /// The server cannot take the call now (draining, pool exhausted, database lost); trying again
    /// later may help.
    public static final class Unavailable extends MxcpException {
        public Unavailable(String shownToCaller, @Nullable Throwable cause) {
            super(shownToCaller, cause);
        }
    }
}
