package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.call.ClientMessages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whose statements come over a channel that belongs to no running call: a hook's or an import's,
/// or those of a task that outlived its call, in that call's name (R2.4.3).
final class DetachedContext {
    private DetachedContext() {}

    static CallContext read(MarshalReader hello) {
        hello.tuple();
        String id = hello.text();
        hello.text();
        String transport = hello.text();
        Caller caller = caller(hello.any());
        Map<String, String> headers = headers(hello.any());
        return new CallContext(
                id, caller, transport, headers, new Cancellation(), ClientMessages.NONE);
    }

    private static Caller caller(@Nullable Object fields) {
        if (!(fields instanceof Map<?, ?> user)) {
            return Caller.ANONYMOUS;
        }
        return new Caller(
                text(user.get("provider")),
                text(user.get("user_id")),
                text(user.get("username")),
                text(user.get("email")),
                text(user.get("name")),
                text(user.get("avatar_url")),
                profile(user.get("raw_profile")),
                text(user.get("external_token")),
                texts(user.get("capabilities")));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }

    private static @Nullable Map<String, @Nullable Object> profile(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return null;
        }
        var profile = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, member) -> profile.put(String.valueOf(name), member));
        return profile;
    }

    private static List<String> texts(@Nullable Object value) {
        var texts = new ArrayList<String>();
        if (value instanceof List<?> list) {
            list.forEach(item -> texts.add(String.valueOf(item)));
        }
        return texts;
    }

    private static @Nullable Map<String, String> headers(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return null;
        }
        var headers = new LinkedHashMap<String, String>();
        map.forEach((name, text) -> headers.put(String.valueOf(name), String.valueOf(text)));
        return headers;
    }
}
