package dev.mxcp.quality.evals;

import java.net.URI;
import java.util.Map;

/// The way to a model and back.
interface Wire {

    /// Sends a request and gives the reply of a provider that took it.
    ///
    /// @throws ModelApi.Unusable when there is none, after all attempts
    Map<?, ?> send(Post post);

    /// A request.
    ///
    /// @param place which test and which round asks
    /// @param headers may hold a key: never shown
    /// @param body JSON
    record Post(Place place, URI uri, Map<String, String> headers, String body) {
        @Override
        public String toString() {
            return "Post[" + place + "]";
        }
    }

    /// Where in a run a request stands.
    record Place(String suite, String test, int round) {}
}
