package dev.mxcp.engine.call;

/// A call needs something that its client cannot do or did not declare (M5.3).
public final class ClientLacks extends RuntimeException {
    private final String capability;

    /// @param capability a word such as `sampling`, or two with a dot between
    public ClientLacks(String capability) {
        super("the client does not offer " + capability, null, false, false);
        this.capability = capability;
    }

    /// The word, or two with a dot between.
    public String capability() {
        return capability;
    }
}
