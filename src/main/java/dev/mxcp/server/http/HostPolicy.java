package dev.mxcp.server.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which `Host` and `Origin` headers are accepted (M6.2-M6.4, V6): the defence against pages that
/// make a browser speak to a server it can reach and they cannot. Immutable.
public final class HostPolicy {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final boolean anyHost;
    private final List<String> hosts;
    private final List<String> origins;

    /// @param bindHost where the server listens; on loopback foreign hosts are refused
    /// @param allowedHosts more hosts, with a port or for any port; `*` allows all
    /// @param allowedOrigins more origins, `scheme://host[:port]`; `*` allows all
    /// @param baseUrl the public URL, whose host and origin are always allowed
    public HostPolicy(
            String bindHost,
            List<String> allowedHosts,
            List<String> allowedOrigins,
            @Nullable String baseUrl) {
        boolean loopback = LOOPBACK.contains(bindHost) || bindHost.equals("::1");
        this.anyHost = allowedHosts.contains("*") || (!loopback && allowedHosts.isEmpty());
        URI base = baseUrl == null ? null : URI.create(baseUrl);
        this.hosts = lower(allowedHosts, base == null ? null : base.getRawAuthority());
        this.origins =
                lower(
                        allowedOrigins,
                        base == null ? null : base.getScheme() + "://" + base.getRawAuthority());
    }

    /// Whether a request may name this host.
    public boolean allowsHost(String host) {
        if (anyHost) {
            return true;
        }
        String given = host.strip().toLowerCase(Locale.ROOT);
        String name = withoutPort(given);
        return LOOPBACK.contains(name) || hosts.contains(given) || hosts.contains(name);
    }

    /// Whether a page of this origin may speak to us. `null` may not (M6.4).
    public boolean allowsOrigin(String origin) {
        String given = origin.strip().toLowerCase(Locale.ROOT);
        if (origins.contains(given) || (origins.contains("*") && !given.equals("null"))) {
            return true;
        }
        int authority = given.indexOf("://");
        return authority > 0 && LOOPBACK.contains(withoutPort(given.substring(authority + 3)));
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') && colon > 0 ? host.substring(0, colon) : host;
    }

    private static List<String> lower(List<String> values, @Nullable String more) {
        var all = new java.util.ArrayList<String>();
        values.forEach(value -> all.add(value.strip().toLowerCase(Locale.ROOT)));
        if (more != null) {
            all.add(more.toLowerCase(Locale.ROOT));
        }
        return List.copyOf(all);
    }
}
