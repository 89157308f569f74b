package dev.mxcp.server.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.engine.call.Caller;
import dev.mxcp.server.mcp.era.Revision;
import dev.mxcp.server.mcp.message.RequestId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// M4.9, M7.4, M20.2: the requests of a session, and who ends them.
class SessionTest {
    private static final RequestId ID = new RequestId(7L);

    private final Session session =
            new Session("s", Revision.NEWEST, Caller.ANONYMOUS, Instant.EPOCH);

    @Test
    void requests_with_the_same_id_are_cancelled_together() {
        OpenRequest first = session.begin(ID);
        OpenRequest second = session.begin(ID);
        OpenRequest other = session.begin(new RequestId("7"));

        session.cancel(ID, "enough");

        assertThat(first.cancellation().reason()).isEqualTo("enough");
        assertThat(second.cancellation().reason()).isEqualTo("enough");
        assertThat(other.cancellation().reason()).isNull();
    }

    @Test
    void the_end_of_one_request_leaves_the_other_of_its_id_cancellable() {
        OpenRequest first = session.begin(ID);
        session.begin(ID).close();

        session.cancel(ID, "enough");

        assertThat(first.cancelledByClient()).isTrue();
    }

    @Test
    void the_end_of_the_session_cancels_every_request() {
        OpenRequest first = session.begin(ID);
        OpenRequest second = session.begin(ID);

        session.end();

        assertThat(first.cancelledByClient()).isTrue();
        assertThat(second.cancelledByClient()).isTrue();
        assertThat(session.begin(ID).cancelledByClient()).isTrue();
    }
}
