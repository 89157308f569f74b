package dev.mxcp.server.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.engine.call.Caller;
import dev.mxcp.server.mcp.era.Revision;
import dev.mxcp.server.mcp.message.RequestId;
import java.time.Duration;
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

    /// M7.12: the loss of its connection alone ends nothing.
    @Test
    void work_without_its_client_goes_on_until_the_client_is_silent_for_long() {
        OpenRequest request = session.begin(ID);
        Duration patience = Duration.ofNanos(100);

        request.lost(1_000, patience);
        request.lost(1_099, patience);
        assertThat(request.cancellation().reason()).isNull();
        session.touch(Instant.EPOCH.plusSeconds(1)); // the client asked for something else
        request.lost(1_100, patience);
        request.lost(1_199, patience);
        assertThat(request.cancellation().reason()).isNull();
        request.lost(1_200, patience);
        assertThat(request.cancellation().reason()).contains("limits.abandoned_after");
        assertThat(request.cancelledByClient()).isFalse();
    }

    @Test
    void work_without_its_client_goes_on_while_the_client_has_another_connection() {
        OpenRequest request = session.begin(ID);
        OpenRequest other = session.begin(new RequestId(8L));
        Duration patience = Duration.ofNanos(100);

        request.lost(1_000, patience);
        request.lost(2_000, patience);
        assertThat(request.cancellation().reason()).isNull();
        other.close();
        request.lost(2_050, patience);
        request.lost(2_100, patience);
        assertThat(request.cancellation().reason()).isNotNull();
    }

    @Test
    void work_without_its_client_goes_on_for_ever_where_that_is_wanted() {
        OpenRequest request = session.begin(ID);

        request.lost(1_000, null);
        request.lost(Long.MAX_VALUE, null);

        assertThat(request.cancellation().reason()).isNull();
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
